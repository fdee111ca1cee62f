/**
 * What people see besides forms: the job's connection and the decisions for it.
 */
package io.jenkins.plugins.bellhop.jenkins.pages;

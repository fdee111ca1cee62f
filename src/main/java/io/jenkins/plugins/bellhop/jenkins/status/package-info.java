/**
 * Build results, told to the forge.
 */
package io.jenkins.plugins.bellhop.jenkins.status;

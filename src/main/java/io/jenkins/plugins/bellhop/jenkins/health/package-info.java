/**
 * Standing faults that administrators should know of, each with its cure at hand; a message goes when its fault does.
 */
package io.jenkins.plugins.bellhop.jenkins.health;

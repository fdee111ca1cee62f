/**
 * Looks after what is connected and trusted, and tells administrators of standing faults, each with its cure at hand; a message goes when its
 * fault does. The pages on which administrators decide on host keys and user keys.
 */
package io.jenkins.plugins.bellhop.jenkins.health;

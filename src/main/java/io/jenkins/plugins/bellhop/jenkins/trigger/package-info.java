/**
 * From a decision to a queued build: which jobs watch a connection, the cause that builds carry, the revision they are pinned to.
 */
package io.jenkins.plugins.bellhop.jenkins.trigger;

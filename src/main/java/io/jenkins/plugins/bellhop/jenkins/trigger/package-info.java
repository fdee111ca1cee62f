/**
 * From a decision to a queued build: which jobs watch a connection, the cause that builds carry, the revision they
 * are pinned to, how a decided build outlives a crash, and how one that nobody asks for any more is cancelled.
 */
package io.jenkins.plugins.bellhop.jenkins.trigger;

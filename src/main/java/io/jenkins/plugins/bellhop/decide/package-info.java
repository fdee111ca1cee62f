/**
 * Whether an event builds a job: an ordered list of small rules over values, each giving a decision with the sentence
 * that people read. Pure: no input or output, no clock, no forge, no Jenkins; what must be looked up comes through
 * {@link io.jenkins.plugins.bellhop.decide.Situation}.
 *
 * <p>May use {@code event} alone. Start reading at {@link io.jenkins.plugins.bellhop.decide.Decider}, and for what an
 * event takes away at {@link io.jenkins.plugins.bellhop.decide.Cancelling}. Nothing here is ever {@code null}.
 */
package io.jenkins.plugins.bellhop.decide;

/**
 * One webhook request, from its raw bytes to the proof that the forge sent it: bounded reading, signature check,
 * refusals, and the durable spool in which accepted deliveries wait to be handled.
 *
 * <p>Only {@link io.jenkins.plugins.bellhop.delivery.Verifier} makes a
 * {@link io.jenkins.plugins.bellhop.delivery.VerifiedDelivery}, and parsers take nothing else, so that no byte is parsed
 * before its signature was checked. Knows no forge: which header carries what is a
 * {@link io.jenkins.plugins.bellhop.delivery.SignatureScheme}. Nothing here is ever {@code null}.
 */
package io.jenkins.plugins.bellhop.delivery;

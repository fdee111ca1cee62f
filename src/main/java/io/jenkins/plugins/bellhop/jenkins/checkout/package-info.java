/**
 * What happens when git checks out: the connection's key, pull-request refs, host keys, and the proof that the decided commit was built.
 */
package io.jenkins.plugins.bellhop.jenkins.checkout;

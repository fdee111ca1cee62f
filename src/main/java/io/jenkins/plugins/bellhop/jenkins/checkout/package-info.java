/**
 * What happens when git runs in a build: the keys of its repositories, in the checkout and in blocks of steps, host keys, the
 * proof that the decided commit was built, and why git failed.
 */
package io.jenkins.plugins.bellhop.jenkins.checkout;

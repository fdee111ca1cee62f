/**
 * The dry run on the command line: recorded deliveries in, what they mean and what would be built out. Works through the
 * plugin's own verifier, dialects and rules. Nothing here is ever {@code null} but where JSON says so.
 */
package io.jenkins.plugins.bellhop.sandbox.explain;

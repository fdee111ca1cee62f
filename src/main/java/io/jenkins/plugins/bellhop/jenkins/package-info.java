/**
 * Bellhop inside Jenkins: the only packages that know Jenkins, thin over the pure ones. This one joins the parts
 * ({@link io.jenkins.plugins.bellhop.jenkins.Wiring}) and holds the global configuration.
 *
 * <p>May use everything; nothing outside uses it. Nothing is ever {@code null} but where Jenkins' own interfaces demand it.
 */
package io.jenkins.plugins.bellhop.jenkins;

/**
 * The forges: how each one's deliveries read as events ({@link io.jenkins.plugins.bellhop.forge.Dialect}) and how its
 * REST API is called ({@link io.jenkins.plugins.bellhop.forge.ForgeApi}). One sub-package for each forge; one HTTP
 * client and one JSON reader for all. A forge's payload shape never leaves its sub-package.
 *
 * <p>May use {@code event} and {@code delivery}. Nothing here is ever {@code null}.
 */
package io.jenkins.plugins.bellhop.forge;

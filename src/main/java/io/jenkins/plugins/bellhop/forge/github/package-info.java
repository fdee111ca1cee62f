/**
 * GitHub, in the cloud and as Enterprise Server: the dialect of its deliveries and its REST API, version 2022-11-28.
 * Reached only through the interfaces of {@code forge}. Nothing here is ever {@code null}.
 */
package io.jenkins.plugins.bellhop.forge.github;

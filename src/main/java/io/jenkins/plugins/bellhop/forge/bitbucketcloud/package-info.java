/**
 * Bitbucket Cloud: the dialect of its deliveries and its REST API 2.0. Reached only through the interfaces of
 * {@code forge}. Nothing here is ever {@code null}.
 */
package io.jenkins.plugins.bellhop.forge.bitbucketcloud;

/**
 * Bitbucket Data Center (Server before 2024): the dialect of its deliveries and its REST API. Reached only through the
 * interfaces of {@code forge}. Nothing here is ever {@code null}.
 */
package io.jenkins.plugins.bellhop.forge.bitbucketdc;

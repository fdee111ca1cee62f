/**
 * The face of Bitbucket Cloud: its REST API below {@code /2.0}, its webhooks, its words. Written from Atlassian's
 * published descriptions, recorded exchanges and reported answers, and apart from the plugin's own Bitbucket code,
 * which it is there to test. Parameters and results are non-null.
 */
package io.jenkins.plugins.bellhop.sandbox.bitbucketcloud;

/**
 * The face of GitHub Enterprise Server: its REST API below {@code /api/v3}, its webhooks, its words. Written from
 * GitHub's published descriptions and recorded exchanges, and apart from the plugin's own GitHub code, which it is
 * there to test. Parameters and results are non-null.
 */
package io.jenkins.plugins.bellhop.sandbox.github;

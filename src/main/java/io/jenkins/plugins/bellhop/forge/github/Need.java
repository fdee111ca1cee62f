package io.jenkins.plugins.bellhop.forge.github;

/**
 * What a call does and which rights it takes, for the sentence when it is refused.
 *
 * @param action such as "add a deploy key to acme/app"
 * @param permission what a fine-grained token or an app needs, as GitHub's settings page names it
 * @param scope what a classic token needs; "repo" includes it
 */
record Need(String action, String permission, String scope) {}

/**
 * What a forge knows, in no forge's words: accounts, tokens, repositories, keys, hooks, pull requests, statuses, and
 * the webhooks that were sent. The faces ({@code sandbox.github}, …) and the git server read and change it; it knows
 * none of them. Parameters and results are non-null.
 */
package io.jenkins.plugins.bellhop.sandbox.state;

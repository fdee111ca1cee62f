package io.jenkins.plugins.bellhop.forge.bitbucketdc;

import io.jenkins.plugins.bellhop.event.GitRef;

/** Names of refs, which Data Center writes in full. */
final class RefName {

    private RefName() {}

    static String shortName(String fullName) {
        return new GitRef(fullName).shortName();
    }

    static boolean isBranchOrTag(String fullName) {
        return fullName.startsWith("refs/heads/") || fullName.startsWith("refs/tags/");
    }
}

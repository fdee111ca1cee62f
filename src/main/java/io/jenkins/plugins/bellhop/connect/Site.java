package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.key.Fingerprint;
import java.net.URI;

/**
 * This Jenkins as forges see it. Its root URL names what we leave at a forge, so that two controllers never take each
 * other's keys and hooks for their own, and one that lost its home recognises them.
 *
 * @param root with a trailing slash
 */
public record Site(URI root) {

    private static final String HOOKS = "bellhop/hook/";
    /** Of a fingerprint; enough to tell a repository's keys apart. */
    private static final int TITLE_CHARACTERS = 8;

    public Site {
        if (!root.isAbsolute() || root.getHost() == null || !root.toString().endsWith("/")) {
            throw new IllegalArgumentException(
                    "expected Jenkins' root URL, such as https://ci.example.com/, found " + root);
        }
    }

    URI hookUrl(String hookPath) {
        return root.resolve(HOOKS + hookPath);
    }

    /** Whether the URL leads to the hook with this path, under whatever root: Jenkins' may have been another, and may still serve. */
    static boolean leadsTo(String hookPath, String url) {
        return url.endsWith("/" + HOOKS + hookPath);
    }

    boolean isHookOfOurs(String url) {
        return url.startsWith(root + HOOKS);
    }

    /** What the first deploy key is called on the forge's settings page. */
    String keyTitle() {
        return "Bellhop at " + root;
    }

    /** What a later key is called: two are there while one takes over, and people tell them apart by the fingerprint. */
    String keyTitle(Fingerprint key) {
        return marked(keyTitle(), key);
    }

    private static String marked(String title, Fingerprint key) {
        int hash = key.toString().indexOf(':') + 1;
        return title + ", " + key.toString().substring(hash, hash + TITLE_CHARACTERS);
    }

    /** What a key of several repositories is called: connecting one of them anew must not take it for a leftover. */
    String sharedKeyTitle() {
        return "Bellhop's shared key at " + root;
    }

    String sharedKeyTitle(Fingerprint key) {
        return marked(sharedKeyTitle(), key);
    }

    boolean isKeyOfOurs(String title) {
        return title.equals(keyTitle()) || title.startsWith(keyTitle() + ", ");
    }
}

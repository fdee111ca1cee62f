package io.jenkins.plugins.bellhop.connect;

import java.net.URI;

/**
 * This Jenkins as forges see it. Its root URL names what we leave at a forge, so that two controllers never take each
 * other's keys and hooks for their own, and one that lost its home recognises them.
 *
 * @param root with a trailing slash
 */
public record Site(URI root) {

    private static final String HOOKS = "bellhop/hook/";

    public Site {
        if (!root.isAbsolute() || root.getHost() == null || !root.toString().endsWith("/")) {
            throw new IllegalArgumentException(
                    "expected Jenkins' root URL, such as https://ci.example.com/, found " + root);
        }
    }

    URI hookUrl(String hookPath) {
        return root.resolve(HOOKS + hookPath);
    }

    boolean isHookOfOurs(String url) {
        return url.startsWith(root + HOOKS);
    }

    /** What the deploy key is called on the forge's settings page. */
    String keyTitle() {
        return "Bellhop at " + root;
    }
}

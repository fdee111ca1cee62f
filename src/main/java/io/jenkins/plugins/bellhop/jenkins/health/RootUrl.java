package io.jenkins.plugins.bellhop.jenkins.health;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/** An address that a forge may have to reach. */
final class RootUrl {

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|.*\\.localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[(0*:)*0*1]|0\\.0\\.0\\.0");

    private RootUrl() {}

    /** Whether a URL leads to the machine itself that looks it up. */
    static boolean isLoopback(String url) {
        try {
            String host = new URI(url).getHost();
            return host != null && isLoopbackHost(host);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    static boolean isLoopbackHost(String host) {
        return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}

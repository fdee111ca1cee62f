package io.jenkins.plugins.bellhop.key;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which key leads to one repository, or to all of a server's others. */
public record KeyRoute(KeyScope target, KeyChoice choice) {

    /**
     * The URLs by which people usually name the repository; there are others. For programs that look a key up by the URL's
     * very text. Empty for a whole server.
     */
    public List<String> spellings() {
        if (target.isWholeServer()) {
            return List.of();
        }
        Set<String> spellings = new LinkedHashSet<>();
        for (String path : List.of(target.path() + ".git", target.path())) {
            if (target.server().hasDefaultPort()) {
                spellings.add("git@" + target.host() + ":" + path);
                spellings.add("ssh://git@" + target.host() + "/" + path);
            } else {
                spellings.add("ssh://git@" + target.host() + ":" + target.port() + "/" + path);
            }
        }
        return List.copyOf(spellings);
    }
}

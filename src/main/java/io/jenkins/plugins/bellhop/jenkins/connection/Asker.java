package io.jenkins.plugins.bellhop.jenkins.connection;

import io.jenkins.plugins.bellhop.jenkins.Wiring;

/** On whose word something is done: the current user, or the one whose work goes on in another thread. For the audit trail. */
public final class Asker {

    private static final String JENKINS = "SYSTEM";
    private static final ThreadLocal<String> TAKEN_ALONG = new ThreadLocal<>();

    private Asker() {}

    /** The user's id; empty for Jenkins itself. */
    public static String name() {
        String taken = TAKEN_ALONG.get();
        String name = taken == null ? Wiring.user() : taken;
        return name.equals(JENKINS) ? "" : name;
    }

    /** Work for another thread, on the word of who asks here and now. Permissions don't come along, the name alone does. */
    public static Runnable takenAlong(Runnable work) {
        String name = name();
        return () -> {
            TAKEN_ALONG.set(name);
            try {
                work.run();
            } finally {
                TAKEN_ALONG.remove();
            }
        };
    }
}

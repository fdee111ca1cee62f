package io.jenkins.plugins.bellhop.sandbox.http;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** What is to go wrong. Each fault waits for the first request that fits it, and is spent by it. */
public final class Faults {

    private final List<Fault> waiting = new CopyOnWriteArrayList<>();
    private volatile boolean down;

    /** Answers the next such request with this instead of carrying it out. */
    public void answer(String method, String pathPattern, Answer answer) {
        waiting.add(new Fault(method, Pattern.compile(pathPattern), Optional.of(answer), Duration.ZERO, false));
    }

    /** Delays the next such request, which is then carried out as usual. */
    public void hang(String method, String pathPattern, Duration delay) {
        waiting.add(new Fault(method, Pattern.compile(pathPattern), Optional.empty(), delay, false));
    }

    /** Carries out the next such request, but hangs up before answering. */
    public void loseAnswer(String method, String pathPattern) {
        waiting.add(new Fault(method, Pattern.compile(pathPattern), Optional.empty(), Duration.ZERO, true));
    }

    /** While down, every request is answered 503 with a page made for people. */
    public void down(boolean value) {
        down = value;
    }

    boolean down() {
        return down;
    }

    /** The fault that was waiting for this request. The pattern must match the whole path without its query. */
    Optional<Fault> take(Request request) {
        synchronized (waiting) {
            for (Iterator<Fault> faults = waiting.iterator(); faults.hasNext(); ) {
                Fault fault = faults.next();
                if (fault.method().equals(request.method())
                        && fault.path().matcher(request.path()).matches()) {
                    waiting.remove(fault);
                    return Optional.of(fault);
                }
            }
            return Optional.empty();
        }
    }

    record Fault(String method, Pattern path, Optional<Answer> answer, Duration delay, boolean answerLost) {}
}

package io.jenkins.plugins.bellhop.contract;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All that was judged, and all that was found wrong and isn't pardoned. */
final class Verdict {

    private final Set<String> requests = new LinkedHashSet<>();
    private final Set<String> requestViolations = new LinkedHashSet<>();
    private final Set<String> answerViolations = new LinkedHashSet<>();
    private final Set<Pardon> used = new HashSet<>();

    void saw(Contract contract, Kind kind) {
        // GitHub's are judged by two descriptions, but sent once.
        requests.add(contract.party() + " " + kind);
    }

    void request(Contract contract, Kind kind, String complaint) {
        violation(requestViolations, contract.title() + ": " + kind.operation() + ": " + complaint);
    }

    void answer(Contract contract, Kind kind, int status, String complaint) {
        violation(
                answerViolations,
                contract.title() + ": " + kind.operation() + ": "
                        + complaint
                                .replaceFirst("^Response", "Response " + status)
                                .replaceFirst("status code.*: ", "status code " + status + ", only ")
                                .replaceAll("\\b\\d+\\.", ""));
    }

    private void violation(Set<String> violations, String text) {
        Optional<Pardon> pardon =
                Pardon.ALL.stream().filter(one -> one.covers(text)).findFirst();
        pardon.ifPresentOrElse(used::add, () -> violations.add(text));
    }

    /** How many kinds of requests there were. */
    int requests() {
        return requests.size();
    }

    Set<String> requestViolations() {
        return requestViolations;
    }

    Set<String> answerViolations() {
        return answerViolations;
    }

    /** What the descriptions, or we, have got right in the meantime. */
    List<Pardon> needless() {
        return Pardon.ALL.stream().filter(pardon -> !used.contains(pardon)).toList();
    }
}

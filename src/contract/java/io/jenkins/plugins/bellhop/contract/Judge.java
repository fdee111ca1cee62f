package io.jenkins.plugins.bellhop.contract;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Judges the exchanges with one forge by one description. */
final class Judge {

    /** Exchanges of one kind with answers of one status: more of them say nothing new, and each takes its time. */
    private static final int MOST_ALIKE = 10;

    private final Contract contract;
    private final Description description;
    private final Verdict verdict;
    private final Map<String, Integer> alike = new LinkedHashMap<>();

    private Judge(Contract contract, Verdict verdict) throws IOException {
        this.contract = contract;
        this.verdict = verdict;
        description = Description.read(contract.file(), contract.corrections());
    }

    /** @param directory for Prism's input and output */
    static void judge(Contract contract, List<Exchange> exchanges, Path modules, Path directory, Verdict verdict)
            throws IOException, InterruptedException {
        Judge judge = new Judge(contract, verdict);
        String name = contract.title().toLowerCase(Locale.ROOT).replace(' ', '-');
        Path file = directory.resolve(name + ".json");
        Set<String> templates = exchanges.stream()
                .flatMap(exchange -> judge.description.find(exchange.method(), exchange.path()).stream())
                .map(Operation::template)
                .collect(Collectors.toSet());
        judge.description.write(file, templates);
        try (Prism prism = new Prism(modules, file, directory.resolve(name + ".log"))) {
            for (Exchange exchange : exchanges) {
                judge.judge(exchange, prism);
            }
        }
    }

    private void judge(Exchange exchange, Prism prism) throws IOException, InterruptedException {
        Optional<Operation> operation = description.find(exchange.method(), exchange.path());
        Kind kind = Kind.of(exchange, operation);
        verdict.saw(contract, kind);
        if (alike.merge(kind + " " + exchange.status(), 1, Integer::sum) > MOST_ALIKE) {
            return;
        }
        unnamed(exchange, operation).forEach(complaint -> verdict.request(contract, kind, complaint));
        Exchange judged = exchange.shortened();
        if (contract.complete()) {
            operation
                    .map(known -> known.unnamedIn(judged.answered(), judged.status()))
                    .ifPresent(members -> members.forEach(member -> verdict.answer(
                            contract, kind, judged.status(), "Response member " + member + " is not described")));
        }
        for (Prism.Complaint complaint : prism.judge(contract.complete() ? judged : judged.withoutNulls())) {
            if (complaint.ofRequest()) {
                verdict.request(contract, kind, complaint.text());
            } else {
                verdict.answer(contract, kind, judged.status(), complaint.text());
            }
        }
    }

    /** What Prism lets pass, because a schema takes more than it names. */
    private static List<String> unnamed(Exchange exchange, Optional<Operation> operation) {
        List<String> complaints = new ArrayList<>();
        if (operation.isEmpty()) {
            return List.of("Operation is not described");
        }
        for (String parameter : new TreeSet<>(exchange.request().parameters().keySet())) {
            if (!operation.get().queryParameters().contains(parameter)) {
                complaints.add("Query parameter " + parameter + " is not described");
            }
        }
        for (String member : operation.get().unnamedIn(exchange.body())) {
            complaints.add("Member " + member + " is not described");
        }
        return complaints;
    }
}

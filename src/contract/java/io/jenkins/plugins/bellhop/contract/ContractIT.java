package io.jenkins.plugins.bellhop.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of request that Bellhop sends is what the forge's own description says; and so is what the sandbox answers,
 * by which the other tests judge Bellhop.
 */
class ContractIT {

    /** The folder with Bitbucket's descriptions. */
    private static final String SPECS = "contract.specs";
    /** Set to skip this test, instead of failing, where descriptions are missing. */
    private static final String OPTIONAL = "contract.optional";

    @TempDir
    Path repositories;

    @Test
    void requestsAndAnswersAreAsTheForgesDescribeThem() throws Exception {
        Path specs = specs();
        Path directory = Files.createDirectories(Path.of("target", "contract"));
        Path modules = packages(directory);
        List<Contract> contracts = Contract.all(specs, modules);
        contracts.stream().flatMap(Contract::files).forEach(ContractIT::require);

        Map<Party, List<Exchange>> journeys = new EnumMap<>(Party.class);
        for (Party party : Party.values()) {
            journeys.put(party, Journey.of(party, repositories.resolve(party.name()), Journey.MORE_THAN_A_PAGE));
        }
        Verdict verdict = new Verdict();
        for (Contract contract : contracts) {
            Judge.judge(contract, journeys.get(contract.party()), modules, directory, verdict);
        }

        verdict.requestViolations().forEach(System.out::println);
        verdict.answerViolations().forEach(System.out::println);
        System.out.println(verdict.requests() + " distinct requests, "
                + verdict.requestViolations().size() + " violations");
        System.out.println(
                "The sandbox's answers to them: " + verdict.answerViolations().size() + " violations");
        assertThat(verdict.requestViolations()).isEmpty();
        assertThat(verdict.answerViolations()).isEmpty();
        assertThat(verdict.needless()).as("pardons that nothing needs").isEmpty();
    }

    private static Path specs() {
        String specs = System.getProperty(SPECS, "");
        if (specs.isEmpty()) {
            missing("-D" + SPECS + " doesn't name the folder with Bitbucket's API descriptions");
        }
        return Path.of(specs);
    }

    private static Path packages(Path directory) {
        try {
            return Npm.install(Path.of("src", "contract", "npm"), directory.resolve("npm"));
        } catch (IOException e) {
            return missing("GitHub's API descriptions and the mock server come from npm: " + e.getMessage());
        }
    }

    private static void require(Path file) {
        if (!Files.isReadable(file)) {
            missing("expected an API description at " + file + ", found none");
        }
    }

    private static Path missing(String message) {
        if (System.getProperty(OPTIONAL) == null) {
            throw new AssertionError(message + " (-D" + OPTIONAL + " skips this check)");
        }
        return Assumptions.abort(message);
    }
}

package io.jenkins.plugins.bellhop.contract;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A description, and whose requests are judged by it.
 *
 * @param corrections files whose paths are to replace those of the same name
 * @param complete whether it names every member of every answer, and says which may be null
 */
record Contract(String title, Party party, Path file, List<Path> corrections, boolean complete) {

    private static final List<String> CORRECTED = List.of("commit-statuses", "deployments", "hooks", "users");

    /**
     * @param specs the folder of Bitbucket's descriptions
     * @param modules the folder of the npm packages
     */
    static List<Contract> all(Path specs, Path modules) {
        Path github = modules.resolve("@octokit/openapi/generated");
        List<Path> corrections = CORRECTED.stream()
                .map(name -> specs.resolve("bitbucket-cloud." + name + ".yaml"))
                .toList();
        return List.of(
                new Contract("GitHub", Party.GITHUB, github.resolve("api.github.com.json"), List.of(), true),
                // The oldest that is described.
                new Contract(
                        "GitHub Enterprise Server", Party.GITHUB, github.resolve("ghes-3.17.json"), List.of(), true),
                new Contract(
                        "Bitbucket Cloud",
                        Party.BITBUCKET_CLOUD,
                        specs.resolve("bitbucket-cloud.swagger.v3.json"),
                        corrections,
                        false),
                new Contract(
                        "Bitbucket Data Center",
                        Party.BITBUCKET_DC,
                        specs.resolve("bitbucket-dc.swagger.v3.json"),
                        List.of(),
                        false));
    }

    Stream<Path> files() {
        return Stream.concat(Stream.of(file), corrections.stream());
    }
}

package io.jenkins.plugins.bellhop.sandbox.story;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.decide.Watch;
import io.jenkins.plugins.bellhop.forge.github.GitHubForge;
import io.jenkins.plugins.bellhop.key.HostKeys;
import io.jenkins.plugins.bellhop.key.KnownHosts;
import io.jenkins.plugins.bellhop.sandbox.SandboxForge;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** Sets the stage, tells the story, and clears up. */
public final class StoryTeller {

    private StoryTeller() {}

    /**
     * @param directory removed at the end
     * @param serve stay up after the story, until the program is stopped
     * @return whether every step was as expected
     */
    public static boolean tell(Path directory, PrintStream out, boolean serve) throws Exception {
        Timeline timeline = new Timeline(out);
        try (SandboxForge forge = SandboxForge.start(Files.createDirectories(directory.resolve("forge")))) {
            SandboxRepository app = forge.createRepository("acme", "app", true);
            String token = forge.createToken("acme", Set.of("repo", "admin:repo_hook"));
            HostKeys hostKeys = HostKeys.pinned().confirmed(KnownHosts.parse(forge.knownHosts()));
            GitHubForge gitHub = GitHubForge.enterprise(forge.apiUrl(), client(), Clock.systemUTC());
            Path home = Files.createDirectories(directory.resolve("jenkins"));
            try (Controller controller = new Controller(gitHub, token, hostKeys, home)) {
                out.println("Bellhop's sandbox: a forge at " + forge.webUrl() + ", git over SSH at port "
                        + forge.sshPort() + ", an agent, all on this machine.");
                new Story(forge, app, controller, timeline).tell();
                boolean good = timeline.end();
                if (serve) {
                    serve(out, forge, app, controller);
                }
                return good;
            }
        } finally {
            remove(directory);
        }
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    private static void serve(PrintStream out, SandboxForge forge, SandboxRepository app, Controller controller)
            throws Exception {
        controller.setWatch(Watch.DEFAULT);
        Connection connection = controller.connect(app.fullName());
        String commit = app.head("main");
        out.printf(
                """

                The sandbox stays up; stop it with Ctrl-C. The forge's API is %s, and %s is connected.
                Send it a webhook of your own, signed as a forge signs:

                  body='{"ref":"refs/heads/by-hand","after":"%s","repository":{"id":%d,"full_name":"%s"}}'
                  signature=$(printf %%s "$body" | openssl dgst -sha256 -hmac '%s' | sed 's/.* //')
                  curl -i -H 'Content-Type: application/json' -H 'X-GitHub-Event: push' -H "X-GitHub-Delivery: by-hand-$$" \\
                    -H "X-Hub-Signature-256: sha256=$signature" --data-binary "$body" %s

                Every decision is printed here:
                """,
                forge.apiUrl(),
                app.fullName(),
                commit,
                app.id(),
                app.fullName(),
                controller.webhookSecret(connection),
                controller.hookUrl(connection));
        out.flush();
        app.createBranch("by-hand", commit);
        controller.printDecisionsTo(out);
        new CountDownLatch(1).await();
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}

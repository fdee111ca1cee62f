package io.jenkins.plugins.bellhop.sandbox.story;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.decide.Watch;
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
import java.util.Comparator;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** Sets the stage, tells the story, and clears up. */
public final class StoryTeller {

    private StoryTeller() {}

    /**
     * @param directory removed at the end
     * @return whether every step was as expected, on every forge
     */
    public static boolean tell(Path directory, PrintStream out) throws Exception {
        Timeline timeline = new Timeline(out);
        try {
            for (Stage stage : Stage.values()) {
                timeline.title(stage.title());
                on(
                        stage,
                        directory.resolve(stage.name()),
                        out,
                        (forge, app, controller) -> new Story(stage, forge, app, controller, timeline).tell());
            }
            return timeline.end();
        } finally {
            remove(directory);
        }
    }

    /** Connects a repository on GitHub's stage and stays up until the program is stopped. */
    public static void serve(Path directory, PrintStream out) throws Exception {
        try {
            on(Stage.GITHUB, directory, out, (forge, app, controller) -> serve(out, forge, app, controller));
        } finally {
            remove(directory);
        }
    }

    private static void on(Stage stage, Path directory, PrintStream out, Play play) throws Exception {
        try (SandboxForge forge =
                SandboxForge.start(Files.createDirectories(directory.resolve("forge")), stage.kind())) {
            SandboxRepository app = stage.repository(forge);
            HostKeys hostKeys = HostKeys.pinned().confirmed(KnownHosts.parse(forge.knownHosts()));
            Path home = Files.createDirectories(directory.resolve("jenkins"));
            try (Controller controller =
                    new Controller(stage.forge(forge, client()), stage.credential(forge), hostKeys, home)) {
                out.println("A forge at " + forge.webUrl() + ", git over SSH at port " + forge.sshPort()
                        + ", an agent, all on this machine.");
                play.on(forge, app, controller);
            }
        }
    }

    /** What happens on a stage that is set. */
    private interface Play {
        void on(SandboxForge forge, SandboxRepository app, Controller controller) throws Exception;
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

                  body='{"ref":"refs/heads/by-hand","after":"%s","head_commit":{"message":"By hand"},"repository":{"id":%d,"full_name":"%s"}}'
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

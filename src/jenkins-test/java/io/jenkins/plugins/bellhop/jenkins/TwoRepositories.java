package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Job;
import hudson.model.Run;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.credentials.AdditionalKey;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import io.jenkins.plugins.bellhop.sandbox.git.GitAccess;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jvnet.hudson.test.JenkinsRule;

/** {@code acme/app} and its submodule {@code acme/app-lib} on one server, each private and with a deploy key of its own. */
final class TwoRepositories implements AutoCloseable {

    final ConnectedJenkins bench;
    final SandboxRepository lib;
    private final Path directory;
    private final List<String> additional = new ArrayList<>();

    TwoRepositories(JenkinsRule jenkins, Path directory) throws Exception {
        this.directory = directory;
        bench = new ConnectedJenkins(jenkins, Files.createDirectory(directory.resolve("forge")));
        lib = bench.forge.createRepository("acme", "app-lib", true);
        lib.commit("main", Map.of("lib.txt", "from the library\n"), "A library");
        addSubmodule();
    }

    String libUrl() {
        return bench.forge.sshUrl(lib);
    }

    private void addSubmodule() throws Exception {
        Path work = directory.resolve("work");
        git(directory, "clone", "-q", bare(bench.app), work.toString());
        Files.writeString(work.resolve(".gitmodules"), "[submodule \"lib\"]\n\tpath = lib\n\turl = " + libUrl() + "\n");
        git(work, "add", ".gitmodules");
        git(work, "update-index", "--add", "--cacheinfo", "160000," + lib.head("main") + ",lib");
        git(work, "-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-q", "-m", "With a submodule");
        git(work, "push", "-q", "origin", "HEAD:main");
    }

    static String bare(SandboxRepository repository) {
        return repository.git().repository().getDirectory().getAbsolutePath();
    }

    static String git(Path where, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    /** Connects a job to the one, and gives it a key of its own for the other. */
    void connectBoth(Job<?, ?> job) throws Exception {
        addKey("lib-key", "", lib, true);
        RepositoryConnection property = bench.property();
        property.setAdditionalKeys(List.of(new AdditionalKey("lib-key", libUrl())));
        job.addProperty(property);
        bench.awaitConnected(job);
    }

    /** A key that is registered at the forge, and in Jenkins as somebody would bring it; answers its fingerprint. */
    String addKey(String id, String passphrase, SandboxRepository repository, boolean readOnly) throws Exception {
        Path key = directory.resolve(id);
        Process keygen = new ProcessBuilder(
                        "ssh-keygen", "-q", "-t", "ed25519", "-C", id, "-N", passphrase, "-f", key.toString())
                .start();
        assertThat(keygen.waitFor()).isZero();
        SshKeyPair pair = SshKeyPair.read(Files.readString(key), passphrase);
        String token = bench.forge.createToken("acme", Set.of("repo", "admin:repo_hook"));
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create(bench.forge.apiUrl() + "/repos/" + repository.fullName() + "/keys"))
                                .header("Authorization", "Bearer " + token)
                                .POST(HttpRequest.BodyPublishers.ofString("{\"title\":\"" + id + "\",\"key\":\""
                                        + pair.publicKey().typeAndData() + "\",\"read_only\":" + readOnly + "}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        addCredential(id, Files.readString(key), passphrase);
        additional.add(pair.privateText());
        return pair.publicKey().fingerprint().toString();
    }

    static void addCredential(String id, String key, String passphrase) throws IOException {
        SystemCredentialsProvider provider = SystemCredentialsProvider.getInstance();
        provider.getCredentials()
                .add(new BasicSSHUserPrivateKey(
                        CredentialsScope.GLOBAL,
                        id,
                        "git",
                        new BasicSSHUserPrivateKey.DirectEntryPrivateKeySource(key),
                        passphrase,
                        ""));
        provider.save();
    }

    GitSCM git(hudson.plugins.git.extensions.GitSCMExtension... extensions) {
        return new GitSCM(
                List.of(new UserRemoteConfig(bench.sshUrl(), null, null, null)),
                List.of(new BranchSpec("main")),
                null,
                null,
                List.of(extensions));
    }

    String fingerprint(SandboxRepository repository) {
        return repository.deployKeys().get(0).key().fingerprint();
    }

    /** Which keys opened a repository so far. */
    Stream<String> keysUsedFor(SandboxRepository repository) {
        return bench.forge.accesses().stream()
                .filter(access -> access.repository().equals(repository.fullName()))
                .map(GitAccess::fingerprint)
                .distinct();
    }

    /** The lines that betray any private key of a connection or a job. */
    List<String> privateLines() {
        Stream<String> ofConnections = Wiring.get().connections().all().stream()
                .map(stored -> stored.secrets().privateKey().reveal());
        return Stream.concat(ofConnections, additional.stream())
                .map(text -> text.lines().skip(3).findFirst().orElseThrow())
                .toList();
    }

    /** No private key in any file below, in a thread's name, in a log or page. */
    void assertNothingLeaked(File... directories) throws IOException {
        List<String> secrets = privateLines();
        assertThat(secrets).isNotEmpty();
        for (File root : directories) {
            Files.walkFileTree(root.toPath(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (attributes.isRegularFile() && attributes.size() < 50 << 20) {
                        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                        assertThat(secrets).as(file.toString()).noneMatch(text::contains);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult preVisitDirectory(Path found, BasicFileAttributes attributes) {
                    assertThat(found.getFileName().toString()).doesNotStartWith("bellhop-keys-");
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> secrets.stream().anyMatch(thread.getName()::contains));
    }

    /** No private key in what Jenkins answers about the build and its job, and about all it has. */
    void assertPagesTellNothing(Run<?, ?> run) throws Exception {
        try (JenkinsRule.WebClient client = bench.jenkins.createWebClient()) {
            for (String page : List.of(
                    "api/json?depth=5",
                    run.getUrl() + "api/json?depth=5",
                    run.getUrl() + "consoleText",
                    run.getParent().getUrl() + "config.xml")) {
                String text = client.goTo(page, null).getWebResponse().getContentAsString();
                assertThat(privateLines()).noneMatch(text::contains);
                assertThat(text).doesNotContain("PRIVATE KEY");
            }
        }
    }

    @Override
    public void close() throws Exception {
        bench.close();
    }
}

package io.jenkins.plugins.bellhop.sandbox;

import io.jenkins.plugins.bellhop.sandbox.git.GitAccess;
import io.jenkins.plugins.bellhop.sandbox.git.GitServer;
import io.jenkins.plugins.bellhop.sandbox.git.OfferedKey;
import io.jenkins.plugins.bellhop.sandbox.github.Addresses;
import io.jenkins.plugins.bellhop.sandbox.github.GitHubApi;
import io.jenkins.plugins.bellhop.sandbox.github.GitHubWording;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.http.Faults;
import io.jenkins.plugins.bellhop.sandbox.http.RecordedRequest;
import io.jenkins.plugins.bellhop.sandbox.http.WebServer;
import io.jenkins.plugins.bellhop.sandbox.state.AccessToken;
import io.jenkins.plugins.bellhop.sandbox.state.Account;
import io.jenkins.plugins.bellhop.sandbox.state.ForgeState;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A forge on loopback: GitHub's REST API and webhooks, git over SSH, and the handles by which a test or a newcomer
 * plays the people on the other side. Nothing of it is reachable from another machine, and it ends with the process.
 */
public final class SandboxForge implements AutoCloseable {

    /** Longer than a delivery may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ForgeState state;
    private final Faults faults;
    private final GitServer git;
    private final WebServer web;
    private final Addresses addresses;
    private final GitHubApi api;

    private SandboxForge(Path directory, WebServer web, Faults faults, int sshPort) throws IOException {
        this.web = web;
        this.faults = faults;
        state = new ForgeState(directory);
        git = new GitServer(state, new GitHubWording(), sshPort);
        addresses = new Addresses(web.url(), git.host(), git.port());
        api = new GitHubApi(state, addresses, git.hostKey());
        state.speakAs(api.face());
        web.serve(api::answer);
    }

    /** Starts on ports that the system chooses, with its repositories below the directory. */
    public static SandboxForge start(Path directory) throws IOException {
        return start(directory, 0, 0);
    }

    /** Starts on these ports, so that addresses noted elsewhere stay true. */
    public static SandboxForge start(Path directory, int webPort, int sshPort) throws IOException {
        Faults faults = new Faults();
        WebServer web = new WebServer(webPort, faults);
        try {
            return new SandboxForge(directory, web, faults, sshPort);
        } catch (IOException e) {
            web.close();
            throw e;
        }
    }

    public URI apiUrl() {
        return addresses.api();
    }

    public URI webUrl() {
        return addresses.web();
    }

    public String sshHost() {
        return addresses.sshHost();
    }

    public int sshPort() {
        return addresses.sshPort();
    }

    public String sshUrl(SandboxRepository repository) {
        return addresses.ssh(repository);
    }

    /** The line of {@code known_hosts} for this server. */
    public String knownHosts() {
        return git.knownHosts();
    }

    // People and their tokens

    public Account createOrganization(String login) {
        return state.organization(login);
    }

    /** Makes an account a member of an organisation, with this role in all its repositories. */
    public void addMember(String organization, String login, Role role) {
        state.addMember(organization, login, role);
    }

    /** A classic token with scopes such as {@code repo} or {@code admin:repo_hook}. */
    public String createToken(String login, Set<String> scopes) {
        return state.createToken("ghp_", login, AccessToken.Kind.SCOPES, scopes);
    }

    /** A fine-grained token with permissions such as {@code administration:write}; writing includes reading. */
    public String createFineGrainedToken(String login, Set<String> permissions) {
        return state.createToken("github_pat_", login, AccessToken.Kind.PERMISSIONS, permissions);
    }

    /** Deletes a token and the deploy keys that were made with it. */
    public void revokeToken(String token) {
        state.revokeToken(token);
    }

    /** Gives a token an end, which its answers announce; it may lie in the past. */
    public void expireToken(String token, Instant time) {
        state.token(token).orElseThrow().expireAt(time);
    }

    // Repositories

    /** A new repository with a read-me and a build; its owner is an administrator of it. */
    public SandboxRepository createRepository(String owner, String name, boolean isPrivate) {
        return state.createRepository(owner, name, isPrivate);
    }

    public SandboxRepository fork(SandboxRepository base, String newOwner) {
        return state.fork(base, newOwner);
    }

    public Optional<SandboxRepository> repository(String fullName) {
        return state.repository(fullName);
    }

    /** Lets an organisation forbid deploy keys: no new ones, and the existing ones stop working. */
    public void forbidDeployKeys(String owner) {
        state.forbidDeployKeys(owner, true);
    }

    public void allowDeployKeys(String owner) {
        state.forbidDeployKeys(owner, false);
    }

    // What goes wrong

    /** From now on the REST API answers 503, SSH hangs up, and what happens here is told to nobody. */
    public void goDown() {
        down(true);
    }

    public void comeBack() {
        down(false);
    }

    /** Webhooks get lost, without any other sign, until told otherwise. */
    public void loseWebhooks(boolean lose) {
        state.deliveries().silent(lose);
    }

    /** Gives a receiver of webhooks less time than the usual ten seconds. */
    public void webhooksTimeOutAfter(Duration timeout) {
        state.deliveries().answerWithin(timeout);
    }

    /** Answers the next request of this method whose whole path fits, without carrying it out. */
    public void failNext(String method, String pathPattern, int status, String body) {
        faults.answer(method, pathPattern, Answer.of(status, "application/json; charset=utf-8", body));
    }

    /** Delays the next such request. */
    public void hangNext(String method, String pathPattern, Duration delay) {
        faults.hang(method, pathPattern, delay);
    }

    /** Carries out the next such request, and hangs up instead of answering. */
    public void loseNextAnswer(String method, String pathPattern) {
        faults.loseAnswer(method, pathPattern);
    }

    /** Answers the next such request with 429 and {@code Retry-After}. */
    public void limitNext(String method, String pathPattern, Duration retryAfter) {
        faults.answer(method, pathPattern, GitHubApi.secondaryLimit(retryAfter));
    }

    /** Answers every request with 403 and a remainder of 0, until the allowance is renewed after this time. */
    public void exhaustRateLimit(Duration time) {
        api.exhaustRateLimit(time);
    }

    // What was seen

    /** Every HTTP request so far. */
    public List<RecordedRequest> requests() {
        return web.requests();
    }

    public void forgetRequests() {
        web.forgetRequests();
    }

    /** Every git command so far, with the key it came with. */
    public List<GitAccess> accesses() {
        return git.accesses();
    }

    /** Every SSH key offered so far, accepted or not. */
    public List<OfferedKey> offers() {
        return git.offers();
    }

    /** Returns when all webhooks that were due have been attempted. */
    public void awaitDeliveries() {
        state.deliveries().await(PATIENCE);
    }

    @Override
    public void close() throws IOException {
        web.close();
        git.close();
        state.close();
    }

    private void down(boolean value) {
        faults.down(value);
        git.down(value);
        state.deliveries().silent(value);
    }
}

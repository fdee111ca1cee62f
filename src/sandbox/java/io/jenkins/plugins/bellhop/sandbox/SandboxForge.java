package io.jenkins.plugins.bellhop.sandbox;

import io.jenkins.plugins.bellhop.sandbox.bitbucketdc.DataCenterApi;
import io.jenkins.plugins.bellhop.sandbox.git.GitAccess;
import io.jenkins.plugins.bellhop.sandbox.git.GitServer;
import io.jenkins.plugins.bellhop.sandbox.git.OfferedKey;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.http.Faults;
import io.jenkins.plugins.bellhop.sandbox.http.RecordedRequest;
import io.jenkins.plugins.bellhop.sandbox.http.Request;
import io.jenkins.plugins.bellhop.sandbox.http.WebServer;
import io.jenkins.plugins.bellhop.sandbox.rest.ForgeApi;
import io.jenkins.plugins.bellhop.sandbox.rest.Site;
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
import java.util.function.BiConsumer;

/**
 * A forge on loopback: the REST API and webhooks of GitHub or one of the Bitbuckets, git over SSH, and the handles by
 * which a test or a newcomer plays the people on the other side. Nothing of it is reachable from another machine, and
 * it ends with the process.
 */
public final class SandboxForge implements AutoCloseable {

    /** Longer than a delivery may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ForgeState state;
    private final Faults faults;
    private final GitServer git;
    private final WebServer web;
    private final Site site;
    private final ForgeApi api;

    private SandboxForge(Path directory, ForgeKind kind, WebServer web, Faults faults, int sshPort) throws IOException {
        this.web = web;
        this.faults = faults;
        state = new ForgeState(directory);
        git = new GitServer(state, kind.wording(), sshPort);
        site = new Site(web.url(), kind.apiPath(), git.host(), git.port());
        api = kind.api(state, site, git.hostKey());
        state.speakAs(api.face());
        web.serve(api::answer);
    }

    /** Starts GitHub on ports that the system chooses, with its repositories below the directory. */
    public static SandboxForge start(Path directory) throws IOException {
        return start(directory, ForgeKind.GITHUB);
    }

    public static SandboxForge start(Path directory, ForgeKind kind) throws IOException {
        return start(directory, kind, 0, 0);
    }

    public static SandboxForge start(Path directory, int webPort, int sshPort) throws IOException {
        return start(directory, ForgeKind.GITHUB, webPort, sshPort);
    }

    /** Starts on these ports, so that addresses noted elsewhere stay true. */
    public static SandboxForge start(Path directory, ForgeKind kind, int webPort, int sshPort) throws IOException {
        Faults faults = new Faults();
        WebServer web = new WebServer(webPort, faults);
        try {
            return new SandboxForge(directory, kind, web, faults, sshPort);
        } catch (IOException e) {
            web.close();
            throw e;
        }
    }

    public URI apiUrl() {
        return site.api();
    }

    public URI webUrl() {
        return site.web();
    }

    public String sshHost() {
        return site.sshHost();
    }

    public int sshPort() {
        return site.sshPort();
    }

    public String sshUrl(SandboxRepository repository) {
        return api.sshUrl(repository);
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

    /** One of GitHub's classic tokens with scopes such as {@code repo} or {@code admin:repo_hook}. */
    public String createToken(String login, Set<String> scopes) {
        return state.tokens().create("ghp_", login, AccessToken.Kind.SCOPES, scopes);
    }

    /** One of GitHub's fine-grained tokens with permissions such as {@code administration:write}; writing includes reading. */
    public String createFineGrainedToken(String login, Set<String> permissions) {
        return state.tokens().create("github_pat_", login, AccessToken.Kind.PERMISSIONS, permissions);
    }

    /**
     * One of Bitbucket Cloud's API tokens with scopes such as {@code read:repository:bitbucket}, the password to this
     * mail address. What stands before the at sign is the account's name.
     */
    public String createApiToken(String email, String... scopes) {
        String login = state.accountAt(email).login();
        return state.tokens().create("ATATT3x", login, AccessToken.Kind.SCOPES, Set.of(scopes));
    }

    /** One of Bitbucket Cloud's access tokens, for one repository, with scopes such as {@code repository}. */
    public String createAccessToken(SandboxRepository repository, String... scopes) {
        return state.tokens().createBound("ATCTT3x", Set.of(scopes), repository::equals);
    }

    /** One of Data Center's HTTP access tokens, with a permission such as {@code REPO_ADMIN}. */
    public String createHttpAccessToken(String login, String permission) {
        return state.tokens().create("BBDC-", login, AccessToken.Kind.PERMISSIONS, Set.of(permission));
    }

    /** The same, belonging to a repository. */
    public String createHttpAccessToken(SandboxRepository repository, String permission) {
        return state.tokens().createBound("BBDC-", Set.of(permission), repository::equals);
    }

    /** The same, belonging to a project, with a permission such as {@code PROJECT_ADMIN}. */
    public String createProjectToken(String project, String permission) {
        return state.tokens()
                .createBound(
                        "BBDC-",
                        Set.of(permission),
                        repository -> repository.owner().equalsIgnoreCase(project));
    }

    /** Deletes a token, and on GitHub the deploy keys that were made with it. */
    public void revokeToken(String token) {
        state.tokens().revoke(token);
    }

    /** Gives a token an end, which its answers announce; it may lie in the past. */
    public void expireToken(String token, Instant time) {
        state.tokens().find(token).orElseThrow().expireAt(time);
    }

    // Repositories

    /** A new repository with a read-me and a build; its owner is an administrator of it. */
    public SandboxRepository createRepository(String owner, String name, boolean isPrivate) {
        return state.createRepository(owner, name, isPrivate);
    }

    /** A new repository without a commit. */
    public SandboxRepository createEmptyRepository(String owner, String name, boolean isPrivate) {
        return state.createEmptyRepository(owner, name, isPrivate);
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

    /** Tells of a push without saying what was pushed, as Bitbucket sometimes does. */
    public void pushUnnamed(SandboxRepository repository) {
        api.face().pushed(repository, List.of(), repository.owner());
    }

    /** What only Data Center has. */
    public DataCenterApi dataCenter() {
        return (DataCenterApi) api;
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
        faults.answer(method, pathPattern, api.limited(retryAfter));
    }

    /** Answers every request as one too many, until the allowance is renewed after this time. */
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

    /** Shows every HTTP request from now on, with its answer, to this witness. */
    public void observe(BiConsumer<Request, Answer> witness) {
        web.observe(witness);
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

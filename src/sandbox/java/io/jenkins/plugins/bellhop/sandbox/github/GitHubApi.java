package io.jenkins.plugins.bellhop.sandbox.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.http.Request;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Destination;
import io.jenkins.plugins.bellhop.sandbox.rest.ForgeApi;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.rest.Refusal;
import io.jenkins.plugins.bellhop.sandbox.rest.Route;
import io.jenkins.plugins.bellhop.sandbox.rest.UnreadableBody;
import io.jenkins.plugins.bellhop.sandbox.state.AccessToken;
import io.jenkins.plugins.bellhop.sandbox.state.ForgeState;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** GitHub's REST API: finds out who asks for what, and lets one route answer. */
public final class GitHubApi implements ForgeApi {

    private static final Pattern BY_NAME = Pattern.compile("/repos/([^/]+/[^/]+)(/.*)?");
    private static final Pattern BY_ID = Pattern.compile("/repositories/(\\d{1,18})(/.*)?");
    private static final Pattern CREDENTIALS = Pattern.compile("(?i:bearer|token) +(\\S+)");

    private final ForgeState forge;
    private final Addresses addresses;
    private final GitHubFace face;
    private final String hostKey;
    private final List<Route<Need>> repositoryRoutes;
    private final List<Route<Need>> accountRoutes;
    private final Allowance allowance = new Allowance();
    private final Letterhead letterhead = new Letterhead(allowance);

    /** Builds the whole face; its webhooks speak for the forge from now on. */
    public GitHubApi(ForgeState forge, Addresses addresses, String hostKey) {
        this.forge = forge;
        this.addresses = addresses;
        this.hostKey = hostKey;
        Shapes shapes = new Shapes(forge, addresses);
        PullShapes pulls = new PullShapes(addresses, shapes);
        HookShapes hooks = new HookShapes(addresses);
        face = new GitHubFace(addresses, forge.deliveries(), hooks, new Payloads(addresses, shapes, pulls));
        KeyRoutes keys = new KeyRoutes(forge, shapes);
        // The first that fits answers, so the routes with the most open paths come last.
        repositoryRoutes = Stream.of(
                        keys.ofRepositories(),
                        new HookRoutes(face, hooks).ofRepositories(),
                        new DeliveryRoutes(hooks).ofRepositories(),
                        new PullRoutes(pulls).ofRepositories(),
                        new ChangeRoutes(addresses, shapes).ofRepositories(),
                        new StatusRoutes(forge, shapes).ofRepositories(),
                        new RepositoryRoutes(addresses, shapes).ofRepositories())
                .flatMap(List::stream)
                .toList();
        accountRoutes = Stream.of(keys.ofAccounts(), new AccountRoutes(forge, shapes).ofAccounts())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public GitHubFace face() {
        return face;
    }

    @Override
    public String sshUrl(SandboxRepository repository) {
        return addresses.ssh(repository);
    }

    @Override
    public void exhaustRateLimit(Duration time) {
        allowance.exhaust(time);
    }

    /** What GitHub answers to too many writes at once. */
    @Override
    public Answer limited(Duration retryAfter) {
        ObjectNode body = Json.object()
                .put(
                        "message",
                        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.")
                .put("documentation_url", "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api");
        return Json.answer(429, body).with("Retry-After", Long.toString(retryAfter.toSeconds()));
    }

    /** Answers one request; all are answered one after the other. */
    @Override
    public Answer answer(Request request) {
        synchronized (forge) {
            return letterhead.mark(request, route(request));
        }
    }

    private Answer route(Request request) {
        try {
            if (request.header("User-Agent").filter(agent -> !agent.isBlank()).isEmpty()) {
                throw Refused.noUserAgent();
            }
            if (!request.path().startsWith(Addresses.API_PATH + "/")) {
                throw Refused.notFound();
            }
            String path = request.path().substring(Addresses.API_PATH.length());
            return path.equals("/meta") ? meta() : route(request, path, token(request));
        } catch (Refusal refused) {
            return refused.answer();
        }
    }

    private Answer route(Request request, String path, AccessToken token) {
        if (allowance.exhausted()) {
            Answer limited = Refused.rateLimited(token.account().id()).answer();
            return letterhead.announce(request, limited, token, Need.ANY_TOKEN);
        }
        Optional<Destination<Need>> destination = destination(request, path, token);
        Answer answer = destination
                .map(GitHubApi::carryOut)
                .orElseGet(() -> Refused.notFound().answer());
        Need need = destination.map(found -> found.route().need()).orElse(Need.ANY_TOKEN);
        return letterhead.announce(request, answer, token, need);
    }

    private static Answer carryOut(Destination<Need> destination) {
        try {
            return destination.answer();
        } catch (Refusal refused) {
            return refused.answer();
        } catch (UnreadableBody e) {
            return Refused.badJson().answer();
        }
    }

    private Optional<Destination<Need>> destination(Request request, String path, AccessToken token) {
        Matcher byId = BY_ID.matcher(path);
        if (byId.matches()) {
            return forge.repository(Long.parseLong(byId.group(1)))
                    .flatMap(repository -> destination(request, token, repository, rest(byId)));
        }
        Matcher byName = BY_NAME.matcher(path);
        if (byName.matches()) {
            String name = byName.group(1);
            return forge.repository(name)
                    .flatMap(repository -> destination(request, token, repository, rest(byName)))
                    .or(() -> forge.formerly(name)
                            .map(repository -> elsewhere(request, token, repository, rest(byName))));
        }
        return Route.find(accountRoutes, path, new Call(request, token, Optional.empty(), addresses.api() + path));
    }

    private Optional<Destination<Need>> destination(
            Request request, AccessToken token, SandboxRepository repository, String rest) {
        String pageUrl = addresses.permanent(repository) + rest;
        return Route.find(repositoryRoutes, rest, new Call(request, token, Optional.of(repository), pageUrl));
    }

    /** An old name leads to the address by id: 301 for reading, 307 (which keeps the method) otherwise. */
    private Destination<Need> elsewhere(Request request, AccessToken token, SandboxRepository repository, String rest) {
        String query = request.query().isEmpty() ? "" : "?" + request.query();
        String location = addresses.permanent(repository) + rest + query;
        Answer moved = Refused.moved(request.reads() ? 301 : 307, location).answer();
        return new Destination<>(
                Route.of(request.method(), "{+}", Need.METADATA, call -> moved),
                new Call(request, token, Optional.of(repository), location));
    }

    private static String rest(Matcher matcher) {
        return Optional.ofNullable(matcher.group(2)).orElse("");
    }

    private AccessToken token(Request request) {
        String header = request.header("Authorization").orElseThrow(Refused::requiresAuthentication);
        Matcher credentials = CREDENTIALS.matcher(header.strip());
        if (!credentials.matches()) {
            throw Refused.badCredentials();
        }
        return forge.tokens().find(credentials.group(1)).orElseThrow(Refused::badCredentials);
    }

    /** Open to everybody. A real Enterprise Server doesn't promise to list its host keys. */
    private Answer meta() {
        ObjectNode json = Json.object()
                .put("verifiable_password_authentication", false)
                .put("installed_version", GitHubFace.VERSION);
        json.set("ssh_keys", Json.texts(List.of(hostKey)));
        return Json.answer(200, json);
    }
}

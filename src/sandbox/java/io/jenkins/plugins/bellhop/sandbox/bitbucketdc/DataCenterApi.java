package io.jenkins.plugins.bellhop.sandbox.bitbucketdc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.http.Request;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Credentials;
import io.jenkins.plugins.bellhop.sandbox.rest.Destination;
import io.jenkins.plugins.bellhop.sandbox.rest.ForgeApi;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.rest.Quota;
import io.jenkins.plugins.bellhop.sandbox.rest.Refusal;
import io.jenkins.plugins.bellhop.sandbox.rest.Route;
import io.jenkins.plugins.bellhop.sandbox.rest.Site;
import io.jenkins.plugins.bellhop.sandbox.rest.UnreadableBody;
import io.jenkins.plugins.bellhop.sandbox.state.AccessToken;
import io.jenkins.plugins.bellhop.sandbox.state.ForgeState;
import io.jenkins.plugins.bellhop.sandbox.state.RefChange;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Data Center's REST API: finds out who asks for what, and lets one route answer. */
public final class DataCenterApi implements ForgeApi {

    public static final String PATH = "/rest";

    private static final Pattern VERSIONED = Pattern.compile(PATH + "/([a-z-]+)/(?:latest|1\\.0)(/.*)");
    private static final Pattern REPOSITORY = Pattern.compile("/([a-z-]+)/projects/([^/]+)/repos/([^/]+)(/.*)?");

    private final ForgeState forge;
    private final Site site;
    private final Installation installation = new Installation();
    private final Names names;
    private final DataCenterFace face;
    private final List<Route<Need>> repositoryRoutes;
    private final List<Route<Need>> otherRoutes;
    private final Quota quota = new Quota();

    public DataCenterApi(ForgeState forge, Site site) {
        this.forge = forge;
        this.site = site;
        names = new Names(site, installation);
        Dates dates = new Dates(installation);
        Shapes shapes = new Shapes(forge, names, dates);
        PullShapes pulls = new PullShapes(shapes, names, dates, installation);
        SettingShapes settings = new SettingShapes(shapes, dates);
        KeyRegister register = new KeyRegister(forge, installation);
        RepositoryRoutes repositories = new RepositoryRoutes(forge, shapes);
        ChangeRoutes changes = new ChangeRoutes(forge, shapes);
        StatusRoutes statuses = new StatusRoutes(forge, settings, installation);
        face = new DataCenterFace(forge.deliveries(), new Payloads(shapes, pulls, installation), installation);
        repositoryRoutes = Stream.of(
                        new KeyRoutes(register, settings).ofRepositories(),
                        new HookRoutes(face, settings, installation).ofRepositories(),
                        new PullRoutes(forge, pulls).ofRepositories(),
                        changes.ofRepositories(),
                        statuses.ofRepositories(),
                        repositories.ofRepositories())
                .flatMap(List::stream)
                .toList();
        otherRoutes = Stream.of(
                        new AccountRoutes(forge, register, settings, installation).ofAll(),
                        statuses.ofAll(),
                        changes.ofAll(),
                        repositories.ofAll(),
                        List.of(Route.of("GET", "/ssh/settings", Need.LOGIN, this::sshSettings)))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public DataCenterFace face() {
        return face;
    }

    @Override
    public String sshUrl(SandboxRepository repository) {
        return names.ssh(repository);
    }

    @Override
    public Answer limited(Duration retryAfter) {
        return Refused.tooMany(retryAfter);
    }

    @Override
    public void exhaustRateLimit(Duration time) {
        quota.exhaust(time);
    }

    /** What can be changed about this server. */
    public Installation installation() {
        return installation;
    }

    /** Lets a mirror say that it caught up with these changes, or that there were too many to name. */
    public void mirrored(SandboxRepository repository, List<RefChange> changes, boolean refLimitExceeded) {
        synchronized (forge) {
            face.synchronised(repository, changes, refLimitExceeded);
        }
    }

    /** Answers one request; all are answered one after the other. */
    @Override
    public Answer answer(Request request) {
        synchronized (forge) {
            try {
                return route(request);
            } catch (Refusal refused) {
                return refused.answer();
            } catch (UnreadableBody e) {
                return Refused.badRequest(null, "The body could not be read as JSON.")
                        .answer();
            }
        }
    }

    private Answer route(Request request) {
        Matcher matcher = VERSIONED.matcher(request.path());
        if (!matcher.matches()) {
            throw Refused.notFound();
        }
        String path = "/" + matcher.group(1) + matcher.group(2);
        if (path.equals("/api/application-properties")) {
            return properties();
        }
        AccessToken token = token(request);
        Optional<Duration> wait = quota.exhaustedFor();
        if (wait.isPresent()) {
            return limited(wait.get().plusSeconds(1));
        }
        return destination(request, path, token)
                .orElseThrow(Refused::notFound)
                .answer()
                .with("X-AUSERNAME", token.login());
    }

    private Optional<Destination<Need>> destination(Request request, String path, AccessToken token) {
        String pageUrl = site.web() + request.path();
        Matcher matcher = REPOSITORY.matcher(path);
        if (!matcher.matches()) {
            return Route.find(otherRoutes, path, new Call(request, token, Optional.empty(), pageUrl));
        }
        String name = Route.decode(matcher.group(2)) + "/" + Route.decode(matcher.group(3));
        SandboxRepository repository = forge.repository(name).orElseThrow(() -> elsewhere(request, matcher, name));
        String rest =
                "/" + matcher.group(1) + Optional.ofNullable(matcher.group(4)).orElse("");
        return Route.find(repositoryRoutes, rest, new Call(request, token, Optional.of(repository), pageUrl));
    }

    /** A former name leads to the one of today; whoever follows has to keep the method. */
    private Refusal elsewhere(Request request, Matcher matcher, String name) {
        String query = request.query().isEmpty() ? "" : "?" + request.query();
        return forge.formerly(name)
                .map(repository -> Refused.moved(
                        request.reads() ? 301 : 307,
                        site.web() + PATH + "/" + matcher.group(1) + "/latest/projects/" + Names.key(repository.owner())
                                + "/repos/" + Names.slug(repository.name())
                                + Optional.ofNullable(matcher.group(4)).orElse("") + query))
                .orElseGet(() -> nothing(name));
    }

    private Refusal nothing(String name) {
        String project = name.substring(0, name.indexOf('/'));
        boolean known =
                forge.accounts().stream().anyMatch(account -> account.login().equalsIgnoreCase(project));
        return known ? Refused.noRepository(name) : Refused.noProject(project);
    }

    /** A person's token also does as the password of that person; one of a repository or project only alone. */
    private AccessToken token(Request request) {
        if (request.header("Authorization").isEmpty()) {
            throw Refused.notPermitted();
        }
        Credentials credentials = Credentials.of(request).orElseThrow(Refused::badCredentials);
        AccessToken token = forge.tokens().find(credentials.token()).orElseThrow(Refused::badCredentials);
        boolean own = !token.bound() && credentials.user().equalsIgnoreCase(token.login());
        if (!credentials.bearer() && !own) {
            throw Refused.badCredentials();
        }
        return token;
    }

    /** Open to everybody. */
    private Answer properties() {
        return Json.answer(
                200,
                Json.object()
                        .put("version", installation.version())
                        .put("buildNumber", "9002000")
                        .put("buildDate", "1700000000000")
                        .put("displayName", "Bitbucket"));
    }

    private Answer sshSettings(Call call) {
        ObjectNode json = Json.object()
                .put("enabled", installation.ssh())
                .put("accessKeysEnabled", true)
                .put("baseUrl", "ssh://" + site.sshHost() + ":" + site.sshPort())
                .put("port", site.sshPort());
        return call.ok(json);
    }
}

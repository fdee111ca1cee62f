package io.jenkins.plugins.bellhop.sandbox.bitbucketcloud;

import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.http.Request;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Credentials;
import io.jenkins.plugins.bellhop.sandbox.rest.Destination;
import io.jenkins.plugins.bellhop.sandbox.rest.ForgeApi;
import io.jenkins.plugins.bellhop.sandbox.rest.Quota;
import io.jenkins.plugins.bellhop.sandbox.rest.Refusal;
import io.jenkins.plugins.bellhop.sandbox.rest.Route;
import io.jenkins.plugins.bellhop.sandbox.rest.Site;
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

/** Bitbucket Cloud's REST API: finds out who asks for what, and lets one route answer. */
public final class CloudApi implements ForgeApi {

    public static final String PATH = "/2.0";

    private static final Pattern REPOSITORY = Pattern.compile("/repositories/([^/]+)/([^/]+)(/.*)?");

    private final ForgeState forge;
    private final Site site;
    private final Links links;
    private final CloudFace face;
    private final List<Route<Need>> repositoryRoutes;
    private final List<Route<Need>> accountRoutes;
    private final Quota quota = new Quota();

    public CloudApi(ForgeState forge, Site site) {
        this.forge = forge;
        this.site = site;
        links = new Links(site);
        Shapes shapes = new Shapes(forge, links);
        PullShapes pulls = new PullShapes(shapes, links);
        SettingShapes settings = new SettingShapes(shapes, links);
        KeyRegister register = new KeyRegister(forge);
        face = new CloudFace(forge.deliveries(), new Payloads(shapes, pulls, links));
        // The first that fits answers, so the routes with the most open paths come last.
        repositoryRoutes = Stream.of(
                        new KeyRoutes(forge, settings, register).ofRepositories(),
                        new HookRoutes(settings).ofRepositories(),
                        new PullRoutes(pulls).ofRepositories(),
                        new ChangeRoutes(shapes, links).ofRepositories(),
                        new StatusRoutes(forge, settings).ofRepositories(),
                        new RepositoryRoutes(shapes).ofRepositories())
                .flatMap(List::stream)
                .toList();
        accountRoutes = Stream.of(
                        new UserKeyRoutes(forge, settings, register).ofAccounts(),
                        new ProjectKeyRoutes(forge, settings, register).ofAccounts(),
                        new AccountRoutes(forge, shapes).ofAccounts())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public CloudFace face() {
        return face;
    }

    @Override
    public String sshUrl(SandboxRepository repository) {
        return links.ssh(repository);
    }

    @Override
    public Answer limited(Duration retryAfter) {
        return Refused.tooMany(retryAfter);
    }

    @Override
    public void exhaustRateLimit(Duration time) {
        quota.exhaust(time);
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
                return Refused.badRequest("Unable to parse the body as JSON.").answer();
            }
        }
    }

    private Answer route(Request request) {
        if (!request.path().startsWith(PATH + "/")) {
            throw Refused.notFound();
        }
        AccessToken token = token(request);
        Optional<Duration> wait = quota.exhaustedFor();
        if (wait.isPresent()) {
            return limited(wait.get().plusSeconds(1));
        }
        return destination(request, request.path().substring(PATH.length()), token)
                .orElseThrow(Refused::notFound)
                .answer();
    }

    private Optional<Destination<Need>> destination(Request request, String path, AccessToken token) {
        String pageUrl = site.api() + path;
        Matcher matcher = REPOSITORY.matcher(path);
        if (!matcher.matches()) {
            return Route.find(accountRoutes, path, new Call(request, token, Optional.empty(), pageUrl));
        }
        SandboxRepository repository = repository(Route.decode(matcher.group(1)), Route.decode(matcher.group(2)));
        String rest = Optional.ofNullable(matcher.group(3)).orElse("");
        return Route.find(repositoryRoutes, rest, new Call(request, token, Optional.of(repository), pageUrl));
    }

    /** By its path of today, or by its UUID, which holds whatever the workspace is; a former path leads nowhere. */
    private SandboxRepository repository(String workspace, String slug) {
        return forge.repositories().stream()
                .filter(repository -> slug.equals(Uuids.of(repository))
                        || slug.equalsIgnoreCase(repository.name()) && isIn(workspace, repository))
                .findFirst()
                .orElseThrow(() -> Refused.noRepository(workspace + "/" + slug));
    }

    private static boolean isIn(String workspace, SandboxRepository repository) {
        return workspace.equalsIgnoreCase(repository.owner()) || workspace.equals(Uuids.of(repository.account()));
    }

    /** A person's token goes with the person's mail address, an access token stands alone. */
    private AccessToken token(Request request) {
        Credentials credentials = Credentials.of(request).orElseThrow(Refused::badToken);
        AccessToken token = forge.tokens().find(credentials.token()).orElseThrow(Refused::badToken);
        boolean fits = token.bound()
                ? credentials.bearer()
                : credentials.user().equalsIgnoreCase(token.account().email());
        if (!fits || token.rights().isEmpty()) {
            throw Refused.badToken();
        }
        return token;
    }
}

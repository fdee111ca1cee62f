package io.jenkins.plugins.bellhop.forge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.delivery.SignatureScheme;
import io.jenkins.plugins.bellhop.delivery.VerifiedDelivery;
import io.jenkins.plugins.bellhop.event.Author;
import io.jenkins.plugins.bellhop.event.ChangedFiles;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A forge that Bellhop doesn't know, in as little as it takes to pass the contract test. Behind it answers the sandbox's
 * GitHub, of which this knows only what is here.
 */
final class FourthForge implements Forge, Dialect, Paging {

    private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");

    private final URI base;
    private final HttpClient http;
    private final Clock clock;

    FourthForge(URI base, HttpClient http, Clock clock) {
        this.base = base;
        this.http = http;
        this.clock = clock;
    }

    @Override
    public String host() {
        return base.getHost();
    }

    @Override
    public String kind() {
        return "Fourth Forge";
    }

    @Override
    public boolean owns(RemoteUrl remote) {
        return remote.host().equals(host());
    }

    @Override
    public Dialect dialect() {
        return this;
    }

    @Override
    public Optional<String> pullRequestRef(long number) {
        return Optional.of("refs/pull/" + number + "/head");
    }

    @Override
    public ForgeApi api(Secret credential) throws ForgeFailure {
        Secret token = TokenKind.expected(TokenKind.GITHUB, "a token of its own", credential, host());
        RestClient client = new RestClient(http, base, Secret.of("Bearer " + token.reveal()), Map.of());
        return new Api(new Calls(client, this::refused, this));
    }

    // Deliveries

    @Override
    public SignatureScheme signatures() {
        return new SignatureScheme("X-Hub-Signature-256", "X-GitHub-Delivery", "X-GitHub-Event");
    }

    @Override
    public Set<String> contentTypes() {
        return Set.of("application/json");
    }

    @Override
    public HookEvents sentBy(Set<String> events) {
        boolean pullRequests = events.contains("pull_request");
        return new HookEvents(events.contains("push"), pullRequests, pullRequests);
    }

    @Override
    public Reading read(VerifiedDelivery delivery) throws UnreadablePayload {
        Json payload = Json.parse(delivery.body());
        return switch (delivery.event()) {
            case "push" -> new Reading.Happened(push(payload, repository(payload.at("repository"))));
            case "pull_request" ->
                new Reading.Happened(new Event.PullRequestChanged(
                        repository(payload.at("repository")), pull(payload.at("pull_request")), Event.Change.OPENED));
            default -> new Reading.Ignored("Nothing to build.", Optional.empty());
        };
    }

    private static Event push(Json payload, RepositoryId repository) throws UnreadablePayload {
        GitRef ref = payload.at("ref").as(GitRef::new);
        if (payload.flag("deleted")) {
            return new Event.RefDeleted(repository, ref, payload.at("before").as(CommitId::new));
        }
        CommitId commit = payload.at("after").as(CommitId::new);
        return ref.isTag()
                ? new Event.TagPushed(repository, ref, commit, Optional.empty())
                : new Event.BranchPushed(repository, ref, commit, Optional.empty(), Optional.empty());
    }

    private RepositoryId repository(Json json) throws UnreadablePayload {
        return new RepositoryId(host(), Long.toString(json.at("id").number()), name(json));
    }

    private static RepositoryName name(Json json) throws UnreadablePayload {
        return json.at("full_name").as(RepositoryName::parse);
    }

    private static PullRequest pull(Json json) throws UnreadablePayload {
        Json head = json.at("head");
        Json target = json.at("base");
        boolean fork =
                head.at("repo").at("id").number() != target.at("repo").at("id").number();
        return new PullRequest(
                json.at("number").number(),
                head.at("ref").text(),
                head.at("sha").as(CommitId::new),
                target.at("ref").text(),
                fork,
                json.flag("draft"),
                Optional.of(new Author(
                        id(json.at("user")), json.at("user").at("login").text())),
                PullRequest.Association.UNTOLD,
                Optional.empty());
    }

    // Pages and refusals

    @Override
    public String largest(String path) {
        return "per_page=100";
    }

    @Override
    public List<Json> entries(Json page) throws UnreadablePayload {
        return page.items();
    }

    @Override
    public Optional<URI> next(Answer answer, Json page, String first) throws UnreadablePayload {
        Matcher next = NEXT.matcher(answer.header("Link").orElse(""));
        return next.find() ? Optional.of(Paging.link(next.group(1), "Link")) : Optional.empty();
    }

    private ForgeFailure refused(Answer answer, Need need) {
        String sentence = "Could not " + need.action() + " (" + need.permission() + "): " + answer.status() + ".";
        if (answer.header("retry-after").isPresent()) {
            return new ForgeFailure(Kind.RATE_LIMITED, sentence, Optional.of(RetryAfter.of(answer, "none", clock)));
        }
        Kind kind =
                switch (answer.status()) {
                    case 401 -> Kind.NOT_AUTHENTICATED;
                    case 403 -> Kind.NOT_PERMITTED;
                    case 404, 422 -> answer.message().contains("Validation") ? ofKey(answer) : Kind.NOT_FOUND;
                    default -> answer.status() < 500 ? Kind.REFUSED : Kind.FORGE_ERROR;
                };
        return new ForgeFailure(kind, sentence);
    }

    private static Kind ofKey(Answer answer) {
        try {
            String why = answer.json()
                    .at("errors")
                    .items()
                    .get(0)
                    .findText("message")
                    .orElse("");
            return why.contains("in use") ? Kind.KEY_IN_USE : Kind.KEY_REFUSED;
        } catch (UnreadablePayload e) {
            return Kind.REFUSED;
        }
    }

    // REST

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static String id(Json json) throws UnreadablePayload {
        return Long.toString(json.at("id").number());
    }

    /** Most of the API; what bears the same name in two parts of it is written as a value. */
    private final class Api
            implements ForgeApi,
                    ForgeApi.Repositories,
                    ForgeApi.Refs,
                    ForgeApi.PullRequests,
                    ForgeApi.Statuses,
                    ForgeApi.DeployKeys {

        private final Calls calls;

        Api(Calls calls) {
            this.calls = calls;
        }

        private static String path(RepositoryId repository) {
            return "/repos/" + repository.name();
        }

        private static Need need(String action) {
            return new Need(action, "administration");
        }

        @Override
        public RepositoryFacts read(RepositoryName name) throws ForgeFailure {
            return calls.get(
                    "/repos/" + name,
                    need("read " + name),
                    json -> new RepositoryFacts(
                            repository(json),
                            json.findText("default_branch"),
                            json.flag("private"),
                            json.at("ssh_url").text()));
        }

        @Override
        public RepositoryFacts current(RepositoryId repository) throws ForgeFailure {
            return SameRepository.checked(read(repository.name()), repository);
        }

        @Override
        public List<RepositoryName> administered(int most) throws ForgeFailure {
            return calls.first(most, "/user/repos?affiliation=owner", need("list repositories"), FourthForge::name);
        }

        @Override
        public Map<GitRef, CommitId> branches(RepositoryId repository) throws ForgeFailure {
            return listed(path(repository) + "/branches", GitRef::branch);
        }

        @Override
        public Map<GitRef, CommitId> tags(RepositoryId repository) throws ForgeFailure {
            return listed(path(repository) + "/tags", GitRef::tag);
        }

        private Map<GitRef, CommitId> listed(String path, Json.Made<GitRef> ref) throws ForgeFailure {
            Map<GitRef, CommitId> found = new LinkedHashMap<>();
            calls.list(
                    path,
                    need("list refs"),
                    json -> found.put(
                            json.at("name").as(ref), json.at("commit").at("sha").as(CommitId::new)));
            return found;
        }

        @Override
        public CommitId commit(RepositoryId repository, CommitId hash) throws ForgeFailure {
            return calls.get(
                    path(repository) + "/commits/" + hash,
                    need("read " + hash),
                    json -> json.at("sha").as(CommitId::new));
        }

        @Override
        public String message(RepositoryId repository, CommitId hash) throws ForgeFailure {
            return calls.get(
                    path(repository) + "/commits/" + hash,
                    need("read " + hash),
                    json -> json.at("commit").at("message").text());
        }

        @Override
        public List<PullRequest> openFrom(RepositoryId repository, String branch) throws ForgeFailure {
            return open(repository).stream()
                    .filter(pull -> !pull.fork() && pull.headBranch().equals(branch))
                    .toList();
        }

        @Override
        public List<PullRequest> open(RepositoryId repository) throws ForgeFailure {
            return calls.list(path(repository) + "/pulls", need("list pull requests"), FourthForge::pull);
        }

        @Override
        public Optional<PullRequest> closed(RepositoryId repository, long number) throws ForgeFailure {
            return calls.find(
                            path(repository) + "/pulls/" + number,
                            need("see a pull request"),
                            json -> json.at("state").text().equals("closed")
                                    ? Optional.of(pull(json))
                                    : Optional.<PullRequest>empty())
                    .flatMap(request -> request);
        }

        @Override
        public void post(RepositoryId repository, CommitId commit, CommitStatus status) throws ForgeFailure {
            ObjectNode body = object().put("state", status.state().name().toLowerCase(Locale.ROOT))
                    .put("context", status.context())
                    .put("description", Shortened.to(140, status.description()));
            calls.post(path(repository) + "/statuses/" + commit, body, need("set a status"));
        }

        @Override
        public List<DeployKey> list(RepositoryId repository) throws ForgeFailure {
            return calls.list(path(repository) + "/keys", need("list keys"), FourthForge::deployKey);
        }

        @Override
        public DeployKey addReadOnly(RepositoryId repository, String title, String publicLine) throws ForgeFailure {
            ObjectNode body =
                    object().put("title", title).put("key", publicLine).put("read_only", true);
            try {
                return calls.post(path(repository) + "/keys", body, need("add a key"), FourthForge::deployKey);
            } catch (ForgeFailure failure) {
                return list(repository).stream()
                        .filter(key -> failure.kind() == Kind.KEY_IN_USE && key.isKeyOf(publicLine))
                        .findFirst()
                        .orElseThrow(() -> failure);
            }
        }

        @Override
        public void remove(RepositoryId repository, String keyId) throws ForgeFailure {
            calls.delete(path(repository) + "/keys/" + Calls.encoded(keyId), need("remove a key"));
        }

        @Override
        public Changes changes() {
            return new Changes() {
                @Override
                public ChangedFiles between(RepositoryId repository, CommitId before, CommitId after)
                        throws ForgeFailure {
                    return ListedFiles.unlessGone(() -> calls.get(
                            path(repository) + "/compare/" + before + "..." + after,
                            need("compare"),
                            json -> json.at("status").text().equals("ahead")
                                            && json.at("files").items().size() < 300
                                    ? files(json.at("files").items())
                                    : ChangedFiles.unknown()));
                }

                @Override
                public ChangedFiles of(RepositoryId repository, PullRequest pullRequest) throws ForgeFailure {
                    String list = path(repository) + "/pulls/" + pullRequest.number() + "/files";
                    List<ChangedFiles> files = calls.list(list, need("compare"), json -> files(List.of(json)));
                    return ChangedFiles.all(
                            files.stream().flatMap(one -> one.paths().stream()).toList());
                }
            };
        }

        private static ChangedFiles files(List<Json> entries) throws UnreadablePayload {
            List<String> files = new ArrayList<>();
            for (Json entry : entries) {
                files.add(entry.at("filename").text());
                entry.findText("previous_filename").ifPresent(files::add);
            }
            return ChangedFiles.all(files);
        }

        @Override
        public People people() {
            return (repository, author) -> calls.get(
                    path(repository) + "/collaborators/" + Calls.encoded(author.name()) + "/permission",
                    need("show a permission"),
                    json -> json.at("user").at("login").text().equals(author.name())
                            && List.of("admin", "write")
                                    .contains(json.at("permission").text()));
        }

        @Override
        public Hooks hooks() {
            return new Hooks() {
                @Override
                public List<Hook> list(RepositoryId repository) throws ForgeFailure {
                    return calls.list(path(repository) + "/hooks", need("list hooks"), FourthForge::hook);
                }

                @Override
                public Hook register(RepositoryId repository, URI url, Secret secret) throws ForgeFailure {
                    ObjectNode body = object().put("name", "web").put("active", true);
                    body.putArray("events").add("push").add("pull_request");
                    body.putObject("config")
                            .put("url", url.toString())
                            .put("content_type", "json")
                            .put("secret", secret.reveal());
                    return calls.post(path(repository) + "/hooks", body, need("add a hook"), FourthForge::hook);
                }

                @Override
                public Set<String> wantedEvents() {
                    return Set.of("push");
                }

                @Override
                public Optional<LastDelivery> lastDelivery(RepositoryId repository, Hook hook) {
                    return Optional.empty();
                }

                @Override
                public void changeSecret(RepositoryId repository, Hook hook, Secret secret) throws ForgeFailure {
                    String config = path(repository) + "/hooks/" + Calls.encoded(hook.id()) + "/config";
                    calls.patch(config, object().put("secret", secret.reveal()), need("change a hook"));
                }

                @Override
                public void remove(RepositoryId repository, String hookId) throws ForgeFailure {
                    calls.delete(path(repository) + "/hooks/" + Calls.encoded(hookId), need("remove a hook"));
                }
            };
        }

        @Override
        public UserKeys userKeys() {
            return new UserKeys() {
                @Override
                public String owner() throws ForgeFailure {
                    return calls.get(
                            "/user",
                            need("read the user"),
                            user -> user.at("login").text());
                }

                @Override
                public List<UserKey> list() throws ForgeFailure {
                    return calls.list("/user/keys", need("list keys"), FourthForge::userKey);
                }

                @Override
                public UserKey add(String title, String publicLine) throws ForgeFailure {
                    ObjectNode body = object().put("title", title).put("key", publicLine);
                    return calls.post("/user/keys", body, need("add a key"), FourthForge::userKey);
                }

                @Override
                public void remove(String keyId) throws ForgeFailure {
                    calls.delete("/user/keys/" + Calls.encoded(keyId), need("remove a key"));
                }
            };
        }

        @Override
        public Repositories repositories() {
            return this;
        }

        @Override
        public Refs refs() {
            return this;
        }

        @Override
        public DeployKeys deployKeys() {
            return this;
        }

        @Override
        public PullRequests pullRequests() {
            return this;
        }

        @Override
        public Statuses statuses() {
            return this;
        }
    }

    private static DeployKey deployKey(Json json) throws UnreadablePayload {
        return new DeployKey(
                id(json), json.at("title").text(), json.at("key").text(), json.flag("read_only"), json.flag("enabled"));
    }

    private static UserKey userKey(Json json) throws UnreadablePayload {
        return new UserKey(id(json), json.at("title").text(), json.at("key").text());
    }

    private static Hook hook(Json json) throws UnreadablePayload {
        return new Hook(
                id(json), json.at("config").at("url").text(), json.flag("active"), Set.of("push", "pull_request"));
    }
}

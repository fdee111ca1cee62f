package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.connect.Faults.How;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.DeployKey;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.forge.Hook;
import io.jenkins.plugins.bellhop.forge.LastDelivery;
import io.jenkins.plugins.bellhop.forge.RepositoryFacts;
import io.jenkins.plugins.bellhop.forge.UserKey;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A forge with one repository, in memory. */
class FakeForge implements ForgeApi {

    static final RepositoryId APP = new RepositoryId("github.com", "1001", new RepositoryName("acme", "app"));
    static final RepositoryFacts FACTS =
            new RepositoryFacts(APP, Optional.of("main"), true, "git@github.com:acme/app.git");

    final List<DeployKey> keys = new ArrayList<>();
    final List<UserKey> userKeys = new ArrayList<>();
    final List<Hook> hooks = new ArrayList<>();
    final List<Secret> hookSecrets = new ArrayList<>();
    /** Ids of the hooks whose secret was changed. */
    final List<String> resigned = new ArrayList<>();

    RepositoryFacts facts = FACTS;
    Optional<LastDelivery> lastDelivery = Optional.empty();

    private final Faults faults;
    private Kind kind = Kind.UNREACHABLE;
    private int lastId = 100;

    FakeForge(Faults faults) {
        this.faults = faults;
    }

    FakeForge failingWith(Kind kindOfFailure) {
        kind = kindOfFailure;
        return this;
    }

    final <T> T call(String name, Supplier<T> effect) throws ForgeFailure {
        How fault = faults.next(name);
        ForgeFailure failure = new ForgeFailure(kind, "github.com did not " + name + ": out of order.");
        if (fault == How.REFUSED) {
            throw failure;
        }
        T result = effect.get();
        faults.breakIf(fault);
        if (fault == How.ANSWER_LOST) {
            throw failure;
        }
        return result;
    }

    final String newId() {
        return Integer.toString(++lastId);
    }

    @Override
    public Repositories repositories() {
        return new Repositories() {
            @Override
            public RepositoryFacts read(RepositoryName name) throws ForgeFailure {
                return call("read repository", () -> facts);
            }

            @Override
            public RepositoryFacts current(RepositoryId repository) throws ForgeFailure {
                return call("read repository", () -> facts);
            }

            @Override
            public List<RepositoryName> administered(int most) {
                throw new AssertionError("connecting lists no repositories");
            }
        };
    }

    @Override
    public Refs refs() {
        throw new AssertionError("connecting asks for no refs");
    }

    @Override
    public UserKeys userKeys() {
        return new UserKeys() {
            @Override
            public String owner() throws ForgeFailure {
                return call("read owner", () -> "acme-bot");
            }

            @Override
            public List<UserKey> list() throws ForgeFailure {
                return call("list user keys", () -> List.copyOf(userKeys));
            }

            @Override
            public UserKey add(String title, String line) throws ForgeFailure {
                return call("add user key", () -> {
                    UserKey key = new UserKey(newId(), title, line);
                    userKeys.add(key);
                    return key;
                });
            }

            @Override
            public void remove(String id) throws ForgeFailure {
                call("remove user key", () -> userKeys.removeIf(key -> key.id().equals(id)));
            }
        };
    }

    @Override
    public DeployKeys deployKeys() {
        return new DeployKeys() {
            @Override
            public List<DeployKey> list(RepositoryId repository) throws ForgeFailure {
                return call("list keys", () -> List.copyOf(keys));
            }

            @Override
            public DeployKey addReadOnly(RepositoryId repository, String title, String line) throws ForgeFailure {
                return call(
                        "add key",
                        () -> keys.stream()
                                .filter(key -> key.isKeyOf(line))
                                .findFirst()
                                .orElseGet(() -> added(title, line)));
            }

            private DeployKey added(String title, String line) {
                String withoutComment = line.split(" ")[0] + " " + line.split(" ")[1];
                DeployKey key = new DeployKey(newId(), title, withoutComment, true, true);
                keys.add(key);
                return key;
            }

            @Override
            public void remove(RepositoryId repository, String id) throws ForgeFailure {
                call("remove key", () -> keys.removeIf(key -> key.id().equals(id)));
            }
        };
    }

    @Override
    public Hooks hooks() {
        return new Hooks() {
            @Override
            public List<Hook> list(RepositoryId repository) throws ForgeFailure {
                return call("list hooks", () -> List.copyOf(hooks));
            }

            @Override
            public Hook register(RepositoryId repository, URI url, Secret secret) throws ForgeFailure {
                return call("add hook", () -> {
                    hookSecrets.add(secret);
                    hooks.add(new Hook(newId(), url.toString(), true, Set.of("push")));
                    return hooks.get(hooks.size() - 1);
                });
            }

            @Override
            public Set<String> wantedEvents() {
                return Set.of("push", "pull_request");
            }

            @Override
            public Optional<LastDelivery> lastDelivery(RepositoryId repository, Hook hook) throws ForgeFailure {
                return call("read delivery", () -> lastDelivery);
            }

            @Override
            public void changeSecret(RepositoryId repository, Hook hook, Secret secret) throws ForgeFailure {
                call("change secret", () -> {
                    resigned.add(hook.id());
                    return hookSecrets.set(hookSecrets.size() - 1, secret);
                });
            }

            @Override
            public void remove(RepositoryId repository, String id) throws ForgeFailure {
                call("remove hook", () -> hooks.removeIf(hook -> hook.id().equals(id)));
            }
        };
    }

    @Override
    public PullRequests pullRequests() {
        throw new AssertionError("connecting asks for no pull requests");
    }

    @Override
    public Changes changes() {
        throw new AssertionError("connecting asks for no files");
    }

    @Override
    public People people() {
        throw new AssertionError("connecting asks for no people");
    }

    @Override
    public Statuses statuses() {
        throw new AssertionError("connecting posts no statuses");
    }
}

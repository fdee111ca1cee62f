package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.DeployKey;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.forge.RepositoryFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A forge in memory with any number of repositories, whose keys may be shared, and projects. */
final class FakeKeyForge extends FakeForge {

    /** By the repository's name, or the project. */
    final Map<String, List<DeployKey>> keysOf = new TreeMap<>();
    /** What refuses every new key. */
    final Set<String> refusing = new HashSet<>();
    /** Today's name of a repository, by the one that it had. */
    final Map<String, String> renamed = new TreeMap<>();

    /** Repositories that aren't there any more. */
    final Set<String> gone = new HashSet<>();

    boolean refusesEd25519;

    /** Until then it finds no repository. */
    Optional<Instant> limitedUntil = Optional.empty();

    FakeKeyForge(Faults faults) {
        super(faults);
    }

    static RepositoryFacts facts(String name) {
        RepositoryId id = new RepositoryId("bitbucket.org", "{" + name + "}", RepositoryName.parse(name));
        return new RepositoryFacts(id, Optional.of("main"), true, sshUrl(name));
    }

    static String sshUrl(String name) {
        return "git@bitbucket.org:" + name + ".git";
    }

    /** Whether git gets into the repository with this key. */
    boolean opens(String sshUrl, String publicLine) {
        String name = sshUrl.replaceAll(".*:(.*)\\.git", "$1");
        String project = name.replaceAll("/.*", "");
        return List.of(name, project).stream()
                .flatMap(holder -> keys(holder).stream())
                .anyMatch(key -> key.isKeyOf(publicLine));
    }

    List<DeployKey> keys(String holder) {
        return keysOf.computeIfAbsent(holder, none -> new ArrayList<>());
    }

    private RepositoryFacts today(String name) {
        RepositoryFacts today = facts(renamed.getOrDefault(name, name));
        RepositoryId id =
                new RepositoryId(today.id().host(), "{" + name + "}", today.id().name());
        return new RepositoryFacts(id, today.defaultBranch(), true, today.sshUrl());
    }

    @Override
    public Repositories repositories() {
        return new Repositories() {
            @Override
            public RepositoryFacts read(RepositoryName name) throws ForgeFailure {
                return call("read repository", () -> facts(name.toString()));
            }

            @Override
            public RepositoryFacts current(RepositoryId repository) throws ForgeFailure {
                String name = repository.stableId().replaceAll("[{}]", "");
                if (gone.contains(name)) {
                    throw new ForgeFailure(Kind.NOT_FOUND, "bitbucket.org finds no " + name + ".");
                }
                RepositoryFacts today = call("read repository", () -> today(name));
                if (limitedUntil.isPresent()) {
                    throw new ForgeFailure(Kind.RATE_LIMITED, "bitbucket.org limits its rate.", limitedUntil);
                }
                return today;
            }

            @Override
            public List<RepositoryName> administered(int most) {
                return List.of();
            }
        };
    }

    private List<DeployKey> listed(String holder) throws ForgeFailure {
        return call("list keys", () -> List.copyOf(keys(holder)));
    }

    private DeployKey added(String holder, String title, String line) throws ForgeFailure {
        if (refusing.contains(holder)) {
            throw new ForgeFailure(Kind.NOT_PERMITTED, "bitbucket.org did not add a key to " + holder + ".");
        }
        if (refusesEd25519 && line.startsWith("ssh-ed25519")) {
            throw new ForgeFailure(Kind.KEY_REFUSED, "bitbucket.org does not take this key.");
        }
        return call(
                "add key",
                () -> keys(holder).stream()
                        .filter(key -> key.isKeyOf(line))
                        .findFirst()
                        .orElseGet(() -> {
                            DeployKey key = new DeployKey(newId(), title, line, true, true);
                            keys(holder).add(key);
                            return key;
                        }));
    }

    private void removed(String holder, String id) throws ForgeFailure {
        call("remove key", () -> keys(holder).removeIf(key -> key.id().equals(id)));
    }

    @Override
    public DeployKeys deployKeys() {
        return new DeployKeys() {
            @Override
            public List<DeployKey> list(RepositoryId repository) throws ForgeFailure {
                return listed(repository.toString());
            }

            @Override
            public DeployKey addReadOnly(RepositoryId repository, String title, String line) throws ForgeFailure {
                return added(repository.toString(), title, line);
            }

            @Override
            public void remove(RepositoryId repository, String id) throws ForgeFailure {
                removed(repository.toString(), id);
            }
        };
    }

    @Override
    public ProjectKeys projectKeys() {
        return new ProjectKeys() {
            @Override
            public List<DeployKey> list(String project) throws ForgeFailure {
                return listed(project);
            }

            @Override
            public DeployKey addReadOnly(String project, String title, String line) throws ForgeFailure {
                return added(project, title, line);
            }

            @Override
            public void remove(String project, String id) throws ForgeFailure {
                removed(project, id);
            }
        };
    }
}

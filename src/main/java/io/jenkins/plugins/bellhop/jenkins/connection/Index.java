package io.jenkins.plugins.bellhop.jenkins.connection;

import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Finds connections by what is known of them, and so the jobs of a repository, without going through connections or jobs.
 * Read by many threads, changed by one at a time.
 */
final class Index {

    /** The next character: between a name with a slash and one with this lies all that is within. */
    private static final char AFTER_SLASH = '/' + 1;

    private final Map<String, StoredConnection> byId = new ConcurrentHashMap<>();
    private final Map<String, String> idByRepository = new ConcurrentHashMap<>();
    private final Map<String, String> idByHookPath = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> idsByName = new ConcurrentHashMap<>();
    /** In the names' order: what lies in a folder lies together. */
    private final NavigableMap<String, Set<String>> idsByItem = new ConcurrentSkipListMap<>();

    /** What a connection is found by. */
    private record Keys(String repository, String name, String hookPath, Set<String> items) {
        static Keys of(StoredConnection stored) {
            RepositoryId repository = stored.connection().repository();
            return new Keys(
                    repository.key(), nameKey(repository), stored.secrets().hookPath(), stored.items());
        }
    }

    /**
     * Adds the connection or replaces the one with its id. Whoever looks for it meanwhile finds the one or the other: a
     * delivery for a connection that isn't there is lost.
     */
    void put(StoredConnection stored) {
        String id = stored.id();
        StoredConnection before = byId.put(id, stored);
        Keys now = Keys.of(stored);
        idByRepository.put(now.repository(), id);
        add(idsByName, now.name(), id);
        idByHookPath.put(now.hookPath(), id);
        now.items().forEach(item -> add(idsByItem, item, id));
        if (before != null) {
            removeAllBut(now, Keys.of(before), id);
        }
    }

    private void removeAllBut(Keys now, Keys before, String id) {
        if (!before.repository().equals(now.repository())) {
            idByRepository.remove(before.repository(), id);
        }
        if (!before.name().equals(now.name())) {
            remove(idsByName, before.name(), id);
        }
        if (!before.hookPath().equals(now.hookPath())) {
            idByHookPath.remove(before.hookPath(), id);
        }
        before.items().stream()
                .filter(item -> !now.items().contains(item))
                .forEach(item -> remove(idsByItem, item, id));
    }

    void remove(String id) {
        StoredConnection gone = byId.remove(id);
        if (gone == null) {
            return;
        }
        Keys keys = Keys.of(gone);
        idByRepository.remove(keys.repository(), id);
        remove(idsByName, keys.name(), id);
        idByHookPath.remove(keys.hookPath(), id);
        keys.items().forEach(item -> remove(idsByItem, item, id));
    }

    Optional<StoredConnection> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Optional<StoredConnection> byRepository(RepositoryId repository) {
        return Optional.ofNullable(idByRepository.get(repository.key())).flatMap(this::byId);
    }

    Optional<StoredConnection> byHookPath(String hookPath) {
        return Optional.ofNullable(idByHookPath.get(hookPath)).flatMap(this::byId);
    }

    /** Whether some connected repository goes by this name today. */
    boolean isName(String host, RepositoryName name) {
        return idsByName.containsKey(nameKey(host, name));
    }

    /** Those that the item may use, or something that lies in it. */
    List<StoredConnection> ofItemOrWithin(String item) {
        Set<String> ids = new HashSet<>(idsByItem.getOrDefault(item, Set.of()));
        idsByItem.subMap(item + "/", item + AFTER_SLASH).values().forEach(ids::addAll);
        return ids.stream().flatMap(id -> byId(id).stream()).toList();
    }

    List<StoredConnection> ofItem(String item) {
        return idsByItem.getOrDefault(item, Set.of()).stream()
                .flatMap(id -> byId(id).stream())
                .toList();
    }

    List<StoredConnection> all() {
        return List.copyOf(byId.values());
    }

    private static void add(Map<String, Set<String>> ids, String key, String id) {
        ids.computeIfAbsent(key, none -> ConcurrentHashMap.newKeySet()).add(id);
    }

    private static void remove(Map<String, Set<String>> ids, String key, String id) {
        ids.computeIfPresent(key, (none, those) -> {
            those.remove(id);
            return those.isEmpty() ? null : those;
        });
    }

    private static String nameKey(RepositoryId repository) {
        return nameKey(repository.host(), repository.name());
    }

    private static String nameKey(String host, RepositoryName name) {
        return host + " " + name.key();
    }
}

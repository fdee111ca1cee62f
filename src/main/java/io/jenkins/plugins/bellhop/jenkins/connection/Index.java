package io.jenkins.plugins.bellhop.jenkins.connection;

import io.jenkins.plugins.bellhop.event.RepositoryId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Finds connections by what is known of them. Read by many threads, changed by one at a time. */
final class Index {

    private final Map<String, StoredConnection> byId = new ConcurrentHashMap<>();
    private final Map<String, String> idByRepository = new ConcurrentHashMap<>();
    private final Map<String, String> idByHookPath = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> idsByItem = new ConcurrentHashMap<>();

    /** Adds the connection or replaces the one with its id. */
    void put(StoredConnection stored) {
        remove(stored.id());
        byId.put(stored.id(), stored);
        idByRepository.put(stored.connection().repository().key(), stored.id());
        idByHookPath.put(stored.secrets().hookPath(), stored.id());
        for (String item : stored.items()) {
            idsByItem
                    .computeIfAbsent(item, none -> ConcurrentHashMap.newKeySet())
                    .add(stored.id());
        }
    }

    void remove(String id) {
        StoredConnection gone = byId.remove(id);
        if (gone == null) {
            return;
        }
        idByRepository.remove(gone.connection().repository().key(), id);
        idByHookPath.remove(gone.secrets().hookPath(), id);
        for (String item : gone.items()) {
            idsByItem.computeIfPresent(item, (name, ids) -> {
                ids.remove(id);
                return ids.isEmpty() ? null : ids;
            });
        }
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

    List<StoredConnection> ofItem(String item) {
        return idsByItem.getOrDefault(item, Set.of()).stream()
                .flatMap(id -> byId(id).stream())
                .toList();
    }

    List<StoredConnection> all() {
        return List.copyOf(byId.values());
    }
}

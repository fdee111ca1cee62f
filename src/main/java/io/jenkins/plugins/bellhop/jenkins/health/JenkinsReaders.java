package io.jenkins.plugins.bellhop.jenkins.health;

import hudson.model.Item;
import hudson.model.User;
import io.jenkins.plugins.bellhop.connect.Readers;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.jenkins.connection.ConnectionFiles;
import io.jenkins.plugins.bellhop.jenkins.connection.Jobs;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.springframework.security.core.Authentication;

/** What Jenkins knows of its users: those that logged in, and those that it has met in changes. */
public final class JenkinsReaders implements Readers {

    /** Users that are asked for: each may take a question to a directory service. */
    static final int MOST_USERS = 50;

    private static final Logger LOGGER = Logger.getLogger(JenkinsReaders.class.getName());

    private final ConnectionFiles connections;
    private final Jobs jobs;

    public JenkinsReaders(ConnectionFiles connections, Jobs jobs) {
        this.connections = connections;
        this.jobs = jobs;
    }

    @Override
    public boolean isPerson(String account) {
        return User.getById(account, false) != null;
    }

    @Override
    public Optional<String> whoConfiguresUnseeing(RepositoryId configured, RepositoryId unseen) {
        List<Item> theirs = itemsOf(configured);
        List<Item> others = itemsOf(unseen);
        if (theirs.isEmpty() || others.isEmpty()) {
            return Optional.empty();
        }
        return User.getAll().stream()
                .limit(MOST_USERS)
                .filter(user -> configuresUnseeing(user, theirs, others))
                .map(User::getId)
                .findFirst();
    }

    /** Whom the directory doesn't know any more can do nothing. */
    private static boolean configuresUnseeing(User user, List<Item> theirs, List<Item> others) {
        try {
            Authentication as = user.impersonate2();
            return theirs.stream().anyMatch(item -> item.hasPermission2(as, Item.CONFIGURE))
                    && others.stream().noneMatch(item -> item.hasPermission2(as, Item.READ));
        } catch (RuntimeException gone) {
            LOGGER.log(Level.FINE, "Nothing is known of user " + user.getId(), gone);
            return false;
        }
    }

    private List<Item> itemsOf(RepositoryId repository) {
        return connections.byRepository(repository).map(StoredConnection::items).stream()
                .flatMap(names -> names.stream())
                .flatMap(name -> jobs.find(name).stream())
                .toList();
    }
}

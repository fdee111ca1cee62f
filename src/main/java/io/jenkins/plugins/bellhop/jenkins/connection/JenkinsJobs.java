package io.jenkins.plugins.bellhop.jenkins.connection;

import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.multibranch.OrganizationConnection;
import io.jenkins.plugins.bellhop.jenkins.multibranch.ProjectConnection;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** The items of one Jenkins, seen with its own eyes, whoever asks. */
public final class JenkinsJobs implements Jobs {

    private static final Logger LOGGER = Logger.getLogger(JenkinsJobs.class.getName());

    /** How a wish for a connection begins in the file of a job or a multibranch project. */
    private static final List<String> WISHES = List.of(
            "<io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection",
            "<io.jenkins.plugins.bellhop.jenkins.multibranch.ProjectConnection");

    private static final String WISH_OF_FOLDER =
            "<io.jenkins.plugins.bellhop.jenkins.multibranch.OrganizationConnection";

    private final Jenkins jenkins;

    public JenkinsJobs(Jenkins jenkins) {
        this.jenkins = jenkins;
    }

    @Override
    @SuppressWarnings("try") // The context acts by being open.
    public Optional<Item> find(String fullName) {
        try (ACLContext asJenkins = ACL.as2(ACL.SYSTEM2)) {
            return Optional.ofNullable(jenkins.getItemByFullName(fullName, Item.class));
        }
    }

    @Override
    @SuppressWarnings("try") // The context acts by being open.
    public List<Item> all() {
        try (ACLContext asJenkins = ACL.as2(ACL.SYSTEM2)) {
            return List.copyOf(jenkins.getAllItems(Item.class));
        }
    }

    @Override
    @SuppressWarnings("try") // The context acts by being open.
    public List<Item> in(Item folder) {
        try (ACLContext asJenkins = ACL.as2(ACL.SYSTEM2)) {
            return folder instanceof ItemGroup<?> group ? List.copyOf(group.getItems()) : List.of();
        }
    }

    /** Jobs lie in their folders as they are named. */
    @Override
    public boolean isOnDisk(String fullName) {
        return directory(fullName).isDirectory();
    }

    @Override
    public boolean isConnectedOnDisk(String fullName) {
        return holds(fullName, WISHES)
                || Wiring.isActive(ProjectConnection.PLUGIN)
                        && find(fullName).filter(this::isUntold).isPresent();
    }

    private boolean isUntold(Item project) {
        return OrganizationConnection.of(project.getParent()).isPresent()
                ? OrganizationConnection.isUntold(project)
                : holds(parent(project.getFullName()), List.of(WISH_OF_FOLDER));
    }

    private boolean holds(String fullName, List<String> wishes) {
        try {
            String text = Files.readString(directory(fullName).toPath().resolve("config.xml"));
            return wishes.stream().anyMatch(text::contains);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "No configuration of " + fullName + " to read");
            return false;
        }
    }

    private File directory(String fullName) {
        return new File(jenkins.getRootDir(), "jobs/" + fullName.replace("/", "/jobs/"));
    }

    @Override
    public Optional<Secret> token(StoredConnection.Credentials credentials) {
        for (String name = credentials.item(); !name.isEmpty(); name = parent(name)) {
            Optional<Item> item = find(name);
            if (item.isPresent()) {
                return ApiCredentials.find(item.get(), credentials.id());
            }
        }
        return credentials.item().isEmpty()
                ? ApiCredentials.findForJenkins(jenkins, credentials.id())
                : ApiCredentials.find(jenkins, credentials.id());
    }

    private static String parent(String name) {
        return name.contains("/") ? name.substring(0, name.lastIndexOf('/')) : "";
    }
}

package io.jenkins.plugins.bellhop.jenkins.health;

import hudson.Extension;
import hudson.model.ManagementLink;
import io.jenkins.plugins.bellhop.connect.Attachment;
import io.jenkins.plugins.bellhop.connect.SharedKey;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.flow.Act;
import io.jenkins.plugins.bellhop.jenkins.ManagePage;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * Where administrators make deploy keys for several repositories or a project, attach and detach, rotate, revoke and remove them.
 * Reached from Bellhop's settings.
 */
@Extension
public final class SharedKeysPage extends ManagementLink {

    private static final KeyActs ACTS = new KeyActs(Act.Kind.SHARED_KEYS);

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return Messages.SharedKeysPage_DisplayName();
    }

    @Override
    public String getUrlName() {
        return ManagePage.SHARED_KEYS.urlName();
    }

    public List<Row> getRows() {
        Wiring.checkAdministrator();
        return Wiring.get().sharedKeyCare().troubles().entrySet().stream()
                .map(entry -> new Row(entry.getKey().key(), entry.getValue()))
                .sorted(Comparator.comparing(Row::getName))
                .toList();
    }

    /** @param project whose key it becomes; empty for a key that is attached to repositories one by one */
    @RequirePOST
    public HttpResponse doCreate(
            @QueryParameter String host,
            @QueryParameter String credentialsId,
            @QueryParameter String name,
            @QueryParameter String project) {
        Optional<String> holder = Optional.ofNullable(project).map(String::trim).filter(text -> !text.isEmpty());
        return ACTS.done(
                "made the shared key " + name,
                () -> Wiring.get()
                        .sharedKeyCare()
                        .create(host.trim().toLowerCase(Locale.ROOT), credentialsId.trim(), name.trim(), holder));
    }

    @RequirePOST
    public HttpResponse doAttach(@QueryParameter String id, @QueryParameter String repository) {
        return ACTS.done(
                "attached shared key " + id + " to " + repository,
                () -> Wiring.get().sharedKeyCare().attach(id, RepositoryName.parse(repository.trim())));
    }

    /** @param repository its stable id */
    @RequirePOST
    public HttpResponse doDetach(@QueryParameter String id, @QueryParameter String repository) {
        return ACTS.done(
                "detached shared key " + id + " from " + repository,
                () -> Wiring.get().sharedKeyCare().detach(id, repository));
    }

    /** @param repository its stable id */
    @RequirePOST
    public HttpResponse doForget(@QueryParameter String id, @QueryParameter String repository) {
        return ACTS.done(
                "let shared key " + id + " forget " + repository,
                () -> Wiring.get().sharedKeyCare().forget(id, repository));
    }

    @RequirePOST
    public HttpResponse doRotate(@QueryParameter String id) {
        return ACTS.done(
                "rotated shared key " + id, () -> Wiring.get().sharedKeyCare().rotate(id));
    }

    /** For a key that leaked. */
    @RequirePOST
    public HttpResponse doRevoke(@QueryParameter String id) {
        return ACTS.begun(
                "asked to revoke shared key " + id,
                () -> Wiring.get().sharedKeyCare().revoke(id));
    }

    @RequirePOST
    public HttpResponse doRemove(@QueryParameter String id) {
        return ACTS.done(
                "removed shared key " + id, () -> Wiring.get().sharedKeyCare().remove(id));
    }

    /** One key. */
    public static final class Row {

        private final SharedKey key;
        private final List<String> troubles;

        Row(SharedKey key, List<String> troubles) {
            this.key = key;
            this.troubles = troubles;
        }

        public String getId() {
            return key.id();
        }

        public String getName() {
            return key.name() + ", " + key.host();
        }

        /** Empty when the key lies at its repositories. */
        public String getProject() {
            return key.project().orElse("");
        }

        public String getFingerprint() {
            return key.key().publicKey().fingerprint().toString();
        }

        /** What doesn't work, the most important first. */
        public List<String> getProblems() {
            return troubles.stream().limit(UserKeysPage.MOST_PROBLEMS).toList();
        }

        public List<Place> getPlaces() {
            return key.attachments().stream()
                    .map(attachment -> new Place(key.id(), attachment))
                    .toList();
        }
    }

    /** One repository of a key. */
    public static final class Place {

        private final String keyId;
        private final Attachment attachment;

        Place(String keyId, Attachment attachment) {
            this.keyId = keyId;
            this.attachment = attachment;
        }

        /** The forge's stable id. */
        public String getId() {
            return attachment.repository().stableId();
        }

        public String getName() {
            return attachment.repository().toString();
        }

        /** Where forgetting it is asked for, below the page. */
        public String getForgetting() {
            return "forget?id=" + keyId + "&repository=" + URLEncoder.encode(getId(), StandardCharsets.UTF_8);
        }

        public boolean isLeaving() {
            return attachment.state() == Attachment.State.LEAVING;
        }

        public String getState() {
            return switch (attachment.state()) {
                case OPEN -> Messages.SharedKeysPage_State_OPEN();
                case CLOSED -> Messages.SharedKeysPage_State_CLOSED();
                case LEAVING -> Messages.SharedKeysPage_State_LEAVING();
            };
        }
    }
}

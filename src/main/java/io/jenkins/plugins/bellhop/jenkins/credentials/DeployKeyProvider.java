package io.jenkins.plugins.bellhop.jenkins.credentials;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.scm.api.SCMSourceOwner;
import org.springframework.security.core.Authentication;

/** Offers a connection's deploy key to the items that the connection permits, and to Jenkins itself alone. */
@Extension
public final class DeployKeyProvider extends CredentialsProvider {

    private static final Logger LOGGER = Logger.getLogger(DeployKeyProvider.class.getName());

    private final Function<Item, List<StoredConnection>> connectionsOfItem;
    private final AtomicBoolean failed = new AtomicBoolean();

    public DeployKeyProvider() {
        this(item -> Wiring.get().connections().usedIn(item));
    }

    DeployKeyProvider(Function<Item, List<StoredConnection>> connectionsOfItem) {
        this.connectionsOfItem = connectionsOfItem;
    }

    @Override
    @NonNull
    public String getDisplayName() {
        return Messages.DeployKeyProvider_DisplayName();
    }

    /** No folder and not Jenkins as a whole: a key belongs to items. A multibranch project is both. */
    @Override
    @NonNull
    @SuppressWarnings("rawtypes") // Jenkins' own signature.
    public <C extends Credentials> List<C> getCredentialsInItemGroup(
            @NonNull Class<C> type,
            ItemGroup itemGroup,
            Authentication authentication,
            @NonNull List<DomainRequirement> domainRequirements) {
        return itemGroup instanceof SCMSourceOwner project ? keys(type, project, authentication) : List.of();
    }

    @Override
    @NonNull
    public <C extends Credentials> List<C> getCredentialsInItem(
            @NonNull Class<C> type,
            @NonNull Item item,
            Authentication authentication,
            @NonNull List<DomainRequirement> domainRequirements) {
        return keys(type, item, authentication);
    }

    private <C extends Credentials> List<C> keys(Class<C> type, Item item, Authentication authentication) {
        if (!type.isAssignableFrom(DeployKeyCredentials.class) || !ACL.SYSTEM2.equals(authentication)) {
            return List.of();
        }
        return connectionsOf(item).stream()
                .map(stored -> type.cast(DeployKeyCredentials.of(stored.connection())))
                .toList();
    }

    /** Jenkins asks all providers in one go, for every job: a fault here would take the others' credentials away. */
    private List<StoredConnection> connectionsOf(Item item) {
        try {
            return connectionsOfItem.apply(item);
        } catch (RuntimeException fault) {
            if (!failed.getAndSet(true)) {
                LOGGER.log(Level.SEVERE, "Bellhop can't read its connections, and offers no deploy keys", fault);
            }
            return List.of();
        }
    }
}

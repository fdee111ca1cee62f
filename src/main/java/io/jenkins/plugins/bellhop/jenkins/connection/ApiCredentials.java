package io.jenkins.plugins.bellhop.jenkins.connection;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.forge.Forge;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** The token with which a forge's API is called: a "Secret text" credential that the item can use. */
public final class ApiCredentials {

    private static final Logger LOGGER = Logger.getLogger(ApiCredentials.class.getName());

    private ApiCredentials() {}

    /** Found by Jenkins itself, in the item's folders and above. */
    public static Optional<Secret> find(Item item, String credentialsId) {
        return token(
                CredentialsProvider.lookupCredentialsInItem(StringCredentials.class, item, ACL.SYSTEM2), credentialsId);
    }

    /** Found by Jenkins itself, where no item is left; never one that is meant for Jenkins alone. */
    static Optional<Secret> find(ItemGroup<?> group, String credentialsId) {
        return token(
                in(group).stream()
                        .filter(credentials -> credentials.getScope() != CredentialsScope.SYSTEM)
                        .toList(),
                credentialsId);
    }

    /** For what administrators set up: those that are meant for Jenkins alone serve as well. */
    static Optional<Secret> findForJenkins(ItemGroup<?> root, String credentialsId) {
        return token(in(root), credentialsId);
    }

    private static List<StringCredentials> in(ItemGroup<?> group) {
        return CredentialsProvider.lookupCredentialsInItemGroup(StringCredentials.class, group, ACL.SYSTEM2);
    }

    private static Optional<Secret> token(List<StringCredentials> all, String credentialsId) {
        return all.stream()
                .filter(credentials -> credentials.getId().equals(credentialsId))
                .findFirst()
                .flatMap(ApiCredentials::text)
                .filter(text -> !text.isBlank())
                .map(Secret::of);
    }

    /** Empty when the secret can't be had: some are fetched from elsewhere when they are asked for. */
    private static Optional<String> text(StringCredentials credentials) {
        try {
            return Optional.of(credentials.getSecret().getPlainText());
        } catch (RuntimeException e) {
            LOGGER.log(Level.INFO, e, () -> "The secret of the credential " + credentials.getId() + " can't be had");
            return Optional.empty();
        }
    }

    /** The drop-down, without those that are meant for another forge; who may not configure the item sees what is chosen. */
    static ListBoxModel listed(Item item, Optional<Forge> forge, String chosen) {
        StandardListBoxModel list = new StandardListBoxModel();
        if (item == null || !Wiring.mayConfigure(item)) {
            return list.includeCurrentValue(chosen == null ? "" : chosen);
        }
        return list.includeEmptyValue()
                .includeMatchingAs(
                        ACL.SYSTEM2, item, StringCredentials.class, List.of(), credentials -> fits(credentials, forge))
                .includeCurrentValue(chosen == null ? "" : chosen);
    }

    /** Not every token tells what it is for; those that don't are offered. */
    private static boolean fits(Credentials credentials, Optional<Forge> forge) {
        if (forge.isEmpty() || !(credentials instanceof StringCredentials token)) {
            return true;
        }
        Optional<String> text = text(token);
        return text.isEmpty() || !text.get().isBlank() && isOfTheRightKind(text.get(), forge.get());
    }

    private static boolean isOfTheRightKind(String text, Forge forge) {
        try {
            forge.api(Secret.of(text));
            return true;
        } catch (ForgeFailure e) {
            return false;
        }
    }
}

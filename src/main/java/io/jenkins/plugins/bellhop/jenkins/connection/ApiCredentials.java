package io.jenkins.plugins.bellhop.jenkins.connection;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
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
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** The token with which a forge's API is called: a "Secret text" credential that the item can use. */
public final class ApiCredentials {

    private ApiCredentials() {}

    /** Found by Jenkins itself, in the item's folders and above. */
    public static Optional<Secret> find(Item item, String credentialsId) {
        return token(
                CredentialsProvider.lookupCredentialsInItem(StringCredentials.class, item, ACL.SYSTEM2), credentialsId);
    }

    /** Found by Jenkins itself, where no item is left. */
    static Optional<Secret> find(ItemGroup<?> group, String credentialsId) {
        return token(
                CredentialsProvider.lookupCredentialsInItemGroup(StringCredentials.class, group, ACL.SYSTEM2),
                credentialsId);
    }

    private static Optional<Secret> token(List<StringCredentials> all, String credentialsId) {
        return all.stream()
                .filter(credentials -> credentials.getId().equals(credentialsId))
                .findFirst()
                .map(credentials -> credentials.getSecret().getPlainText())
                .filter(text -> !text.isBlank())
                .map(Secret::of);
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
        String text = token.getSecret().getPlainText();
        if (text.isBlank()) {
            return false;
        }
        try {
            forge.get().api(Secret.of(text));
            return true;
        } catch (ForgeFailure e) {
            return false;
        }
    }
}

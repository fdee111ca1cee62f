package io.jenkins.plugins.bellhop.jenkins.credentials;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import io.jenkins.plugins.bellhop.event.Quoted;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.key.KeyScope;
import io.jenkins.plugins.bellhop.key.RingKey;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The SSH credentials that a job's additional keys name, as the item can use them; decrypted on the controller. */
public final class AdditionalKeys {

    private AdditionalKeys() {}

    /**
     * For the moment of saving.
     *
     * @throws IllegalArgumentException naming the first credential that can't be used
     */
    public static void check(Item item, List<AdditionalKey> keys) {
        keys.forEach(key -> read(item, key.getCredentialsId()));
    }

    /** Those that can be used; told of the others. */
    static List<RingKey> usable(Item item, List<AdditionalKey> keys, Consumer<String> unusable) {
        return keys.stream()
                .flatMap(key -> {
                    try {
                        return Stream.of(ringKey(item, key));
                    } catch (IllegalArgumentException e) {
                        unusable.accept(e.getMessage());
                        return Stream.of();
                    }
                })
                .toList();
    }

    private static RingKey ringKey(Item item, AdditionalKey key) {
        SshKeyPair pair = read(item, key.getCredentialsId());
        return RingKey.additional(
                "additional key " + key.getCredentialsId(),
                pair.publicKey(),
                scope(key.getBoundTo()),
                pair::privateText);
    }

    /** Every forge ignores case; what another server does nobody knows. */
    private static KeyScope scope(String boundTo) {
        KeyScope exact = KeyScope.parse(boundTo, false);
        if (exact.isWholeServer()) {
            return exact;
        }
        RemoteUrl remote = RemoteUrl.parse("ssh://" + exact.host() + "/" + exact.path());
        boolean ofForge = Wiring.get().forges().owning(remote).isPresent();
        return ofForge ? KeyScope.parse(boundTo, true) : exact;
    }

    /** @throws IllegalArgumentException naming the credential when it isn't there, has not one key, or can't be decrypted */
    static SshKeyPair read(Item item, String credentialsId) {
        SSHUserPrivateKey found = find(item, credentialsId)
                .orElseThrow(() ->
                        new IllegalArgumentException("expected an SSH credential that this job can use, found none"
                                + " with the id " + Quoted.text(credentialsId)));
        List<String> keys = found.getPrivateKeys();
        if (keys.size() != 1) {
            throw new IllegalArgumentException("expected one private key in the credential "
                    + Quoted.text(credentialsId) + ", found " + keys.size());
        }
        try {
            return SshKeyPair.read(keys.get(0), Secret.toString(found.getPassphrase()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("credential " + Quoted.text(credentialsId) + ": " + e.getMessage());
        }
    }

    private static Optional<SSHUserPrivateKey> find(Item item, String credentialsId) {
        return CredentialsProvider.lookupCredentialsInItem(SSHUserPrivateKey.class, item, ACL.SYSTEM2).stream()
                .filter(credentials -> credentials.getId().equals(credentialsId))
                .findFirst();
    }

    /** The drop-down; who may not configure the item sees what is chosen, and nothing else. */
    static ListBoxModel listed(Item item, String chosen) {
        StandardListBoxModel list = new StandardListBoxModel();
        if (item == null || !Wiring.mayConfigure(item)) {
            return list.includeCurrentValue(chosen == null ? "" : chosen);
        }
        return list.includeEmptyValue()
                .includeMatchingAs(ACL.SYSTEM2, item, SSHUserPrivateKey.class, List.of(), credentials -> true)
                .includeCurrentValue(chosen == null ? "" : chosen);
    }
}

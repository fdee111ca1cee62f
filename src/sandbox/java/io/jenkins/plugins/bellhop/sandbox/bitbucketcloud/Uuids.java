package io.jenkins.plugins.bellhop.sandbox.bitbucketcloud;

import io.jenkins.plugins.bellhop.sandbox.state.Account;
import io.jenkins.plugins.bellhop.sandbox.state.Hook;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The ids that survive renames, in the braces that Bitbucket writes around them. */
final class Uuids {

    private Uuids() {}

    static String of(SandboxRepository repository) {
        return uuid("repository", repository.id());
    }

    static String of(Account account) {
        return uuid("account", account.id());
    }

    static String of(Hook hook) {
        return uuid("hook", hook.id());
    }

    /** The id that Atlassian knows a person by, in all its products. */
    static String atlassian(Account account) {
        String uuid = of(account);
        return "557058:" + uuid.substring(1, uuid.length() - 1);
    }

    private static String uuid(String kind, long id) {
        byte[] name = (kind + " " + id).getBytes(StandardCharsets.UTF_8);
        return "{" + UUID.nameUUIDFromBytes(name) + "}";
    }
}

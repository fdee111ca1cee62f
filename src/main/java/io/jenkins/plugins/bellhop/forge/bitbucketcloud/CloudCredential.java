package io.jenkins.plugins.bellhop.forge.bitbucketcloud;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.forge.Need;
import io.jenkins.plugins.bellhop.forge.TokenKind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What opens Bitbucket Cloud's API: a person's API token together with that person's mail address, or the access token of
 * a repository, project or workspace alone. Source: Atlassian's "Using API tokens" and "Access tokens".
 */
final class CloudCredential {

    private static final String WANTED = "an Atlassian account's e-mail address and API token, as e-mail:token";

    private final Secret authorization;
    private final boolean accessToken;

    private CloudCredential(Secret authorization, boolean accessToken) {
        this.authorization = authorization;
        this.accessToken = accessToken;
    }

    /**
     * An access token needs no name; one that stands beside it, such as git's {@code x-token-auth}, doesn't count.
     *
     * @throws ForgeFailure naming what is wanted when it can be neither
     */
    static CloudCredential of(Secret credential, String host) throws ForgeFailure {
        String text = credential.reveal();
        int colon = text.indexOf(':');
        String token = text.substring(colon + 1);
        Optional<TokenKind> kind = TokenKind.of(token);
        if (kind.isPresent() && kind.get() != TokenKind.CLOUD_API && kind.get() != TokenKind.CLOUD_ACCESS) {
            throw TokenKind.wrong(host, WANTED, kind.get().words());
        }
        if (colon < 0 || kind.filter(TokenKind.CLOUD_ACCESS::equals).isPresent()) {
            if (kind.filter(TokenKind.CLOUD_API::equals).isPresent()) {
                throw TokenKind.wrong(host, WANTED, "an API token without the e-mail address");
            }
            return new CloudCredential(Secret.of("Bearer " + token), true);
        }
        if (!text.substring(0, colon).contains("@")) {
            throw TokenKind.wrong(host, WANTED, "a name that is no e-mail address, with a password");
        }
        String encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return new CloudCredential(Secret.of("Basic " + encoded), false);
    }

    /** The value of the Authorization header. */
    Secret authorization() {
        return authorization;
    }

    /** @throws ForgeFailure before a call that Bitbucket refuses to every access token */
    void mustBePersonal(Need need) throws ForgeFailure {
        if (accessToken) {
            throw new ForgeFailure(
                    Kind.NOT_PERMITTED,
                    "Could not " + need.action() + ": Bitbucket Cloud lets no repository, project or workspace access"
                            + " token near SSH keys. Choose " + WANTED + ", of an administrator of the repository.");
        }
    }
}

package io.jenkins.plugins.bellhop.forge;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a token is, as its first characters tell; forges mark their tokens so that leaked ones are recognised. Not every
 * token bears a mark. Sources: GitHub's "About authentication to GitHub", Atlassian's "Using API tokens" and "HTTP access
 * tokens", and the tokens that these pages show.
 */
public enum TokenKind {
    GITHUB("a GitHub token", "ghp_", "github_pat_", "gho_", "ghu_", "ghs_"),
    CLOUD_API("a Bitbucket Cloud API token", "ATATT3x"),
    CLOUD_ACCESS("a Bitbucket Cloud access token", "ATCTT3x"),
    CLOUD_APP_PASSWORD("a Bitbucket Cloud app password, which Atlassian switched off on 2026-07-28", "ATBB"),
    DATA_CENTER("a Bitbucket Data Center HTTP access token", "BBDC-");

    private final String words;
    private final List<String> marks;

    TokenKind(String words, String... marks) {
        this.words = words;
        this.marks = List.of(marks);
    }

    /** Empty when the token bears no mark that is known here. */
    public static Optional<TokenKind> of(String token) {
        return Arrays.stream(values())
                .filter(kind -> kind.marks.stream().anyMatch(token::startsWith))
                .findFirst();
    }

    /**
     * The token of a credential, for forges that take no name beside it.
     *
     * @param kind the kind that the forge gives out
     * @param wanted the same in words, with its article
     * @throws ForgeFailure when it can't be one, naming what it is
     */
    public static Secret expected(TokenKind kind, String wanted, Secret credential, String host) throws ForgeFailure {
        String token = credential.reveal().substring(credential.reveal().indexOf(':') + 1);
        Optional<TokenKind> found = of(token);
        if (found.isPresent() && found.get() != kind) {
            throw wrong(host, wanted, found.get().words);
        }
        return Secret.of(token);
    }

    /** The failure that names what was wanted and what there is. */
    public static ForgeFailure wrong(String host, String wanted, String found) {
        return new ForgeFailure(
                Kind.NOT_AUTHENTICATED, host + " takes " + wanted + "; the chosen credential is " + found + ".");
    }

    public String words() {
        return words;
    }
}

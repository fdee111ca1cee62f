package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.PublicPage;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import io.jenkins.plugins.bellhop.key.HostKeyChange;
import io.jenkins.plugins.bellhop.key.HostKeys;
import io.jenkins.plugins.bellhop.key.KeyFormatException;
import io.jenkins.plugins.bellhop.key.KnownHosts;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.PinnedForge;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Looks up which host keys github.com and bitbucket.org publish. Changes nothing: somebody decides on what it found. */
public final class PublishedHostKeys {

    private final PublicPage pages;
    private final Function<PinnedForge, URI> addresses;

    public PublishedHostKeys(PublicPage pages) {
        this(pages, PinnedForge::list);
    }

    PublishedHostKeys(PublicPage pages, Function<PinnedForge, URI> addresses) {
        this.pages = pages;
        this.addresses = addresses;
    }

    /**
     * What the forge publishes now, beside what is trusted.
     *
     * @throws ForgeFailure also when the list is empty, too long, or holds a withdrawn key: it isn't to be believed then
     */
    public HostKeyChange compared(PinnedForge forge, HostKeys trusted) throws ForgeFailure {
        URI page = addresses.apply(forge);
        try {
            List<OpenSshPublicKey> published =
                    forge == PinnedForge.GITHUB_COM ? ofMeta(page) : ofKnownHosts(forge, page);
            trusted.refreshed(forge, published);
            return new HostKeyChange(forge, trusted.pinsOf(forge), published);
        } catch (UnreadablePayload | KeyFormatException e) {
            throw new ForgeFailure(
                    Kind.UNREADABLE_ANSWER, "Could not read the host keys on " + page + ": " + e.getMessage() + ".");
        }
    }

    /** GitHub lists {@code type base64} for each, in its description of itself. */
    private List<OpenSshPublicKey> ofMeta(URI page) throws ForgeFailure, UnreadablePayload {
        List<OpenSshPublicKey> keys = new ArrayList<>();
        for (Json key : Json.parse(pages.read(page)).at("ssh_keys").items()) {
            keys.add(OpenSshPublicKey.parse(key.text()));
        }
        return keys;
    }

    /** Bitbucket publishes a known_hosts file. */
    private List<OpenSshPublicKey> ofKnownHosts(PinnedForge forge, URI page) throws ForgeFailure {
        return KnownHosts.parse(pages.text(page)).trustedFor(forge.hosts().get(0));
    }
}

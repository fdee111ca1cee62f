package io.jenkins.plugins.bellhop.jenkins.health;

import hudson.Extension;
import hudson.model.Failure;
import hudson.model.ManagementLink;
import io.jenkins.plugins.bellhop.flow.Act;
import io.jenkins.plugins.bellhop.jenkins.ManagePage;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.key.HostKeyScan;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.PinnedForge;
import io.jenkins.plugins.bellhop.key.SshHost;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Where administrators learn hosts' keys, compare fingerprints and decide what is trusted. Reached from Bellhop's settings. */
@Extension
public final class HostKeysPage extends ManagementLink {

    /** Hosts that wait for a decision; the oldest makes room. */
    static final int MOST_SCANNED = 20;

    private static final Logger LOGGER = Logger.getLogger(HostKeysPage.class.getName());

    private final HostKeyScan scan;
    private final Map<SshHost, List<OpenSshPublicKey>> scanned = new LinkedHashMap<>();

    public HostKeysPage() {
        this(new HostKeyScan("ssh-keyscan"));
    }

    HostKeysPage(HostKeyScan scan) {
        this.scan = scan;
    }

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return Messages.HostKeysPage_DisplayName();
    }

    @Override
    public String getUrlName() {
        return ManagePage.HOST_KEYS.urlName();
    }

    public List<PinnedRow> getPinned() {
        Wiring.checkAdministrator();
        return Arrays.stream(PinnedForge.values()).map(PinnedRow::new).toList();
    }

    /** What servers showed and nobody has confirmed. */
    public List<ScannedRow> getScanned() {
        Wiring.checkAdministrator();
        synchronized (scanned) {
            return scanned.entrySet().stream()
                    .map(entry -> new ScannedRow(entry.getKey(), entry.getValue()))
                    .toList();
        }
    }

    /** Looks at the forges' own lists. */
    @RequirePOST
    public HttpResponse doLook() {
        Wiring.checkAdministrator();
        Wiring.get().hostKeyWatch().look();
        return new HttpRedirect(".");
    }

    /** Takes over what a forge publishes, if it is still what was shown. */
    @RequirePOST
    public HttpResponse doTakeOver(@QueryParameter String forge, @QueryParameter String shown) {
        Wiring.checkAdministrator();
        PinnedForge asked = Stream.of(PinnedForge.values())
                .filter(known -> known.name().equals(forge))
                .findFirst()
                .orElseThrow(() -> new Failure(Messages.HostKeysPage_NoForge()));
        if (!Wiring.get().hostKeyWatch().takeOver(asked, shown)) {
            throw new Failure(Messages.HostKeysPage_Changed(asked));
        }
        Wiring.get().audit(Act.Kind.HOST_KEYS, "", "", forge + ": " + shown);
        return new HttpRedirect(".");
    }

    /** Asks a server for its keys. Trusts nothing. */
    @RequirePOST
    public HttpResponse doScan(@QueryParameter String host, @QueryParameter String port) throws IOException {
        Wiring.checkAdministrator();
        SshHost asked = host(host, port);
        List<OpenSshPublicKey> keys = scan.keysOf(asked);
        if (keys.isEmpty()) {
            throw new Failure(Messages.HostKeysPage_NoAnswer(asked));
        }
        synchronized (scanned) {
            scanned.remove(asked);
            if (scanned.size() == MOST_SCANNED) {
                scanned.remove(scanned.keySet().iterator().next());
            }
            scanned.put(asked, keys);
        }
        return new HttpRedirect(".");
    }

    /** The administrator has compared the fingerprints; only what was shown is trusted. */
    @RequirePOST
    public HttpResponse doConfirm(
            @QueryParameter String host, @QueryParameter String port, @QueryParameter String shown) {
        Wiring.checkAdministrator();
        SshHost confirmed = host(host, port);
        List<OpenSshPublicKey> keys = taken(confirmed);
        if (!HostKeyWatch.named(keys).equals(shown)) {
            throw new Failure(Messages.HostKeysPage_Changed(confirmed));
        }
        try {
            Wiring.confirm(confirmed, keys);
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
        Wiring.get().audit(Act.Kind.HOST_KEYS, "", "", confirmed + ": " + shown);
        // Jobs that could not be connected for want of this key.
        LOGGER.log(
                Level.INFO, "{0} confirmed the host keys of {1}: {2}", new Object[] {Wiring.user(), confirmed, shown});
        return new HttpRedirect(".");
    }

    /** Forgets what a server showed. */
    @RequirePOST
    public HttpResponse doDismiss(@QueryParameter String host, @QueryParameter String port) {
        Wiring.checkAdministrator();
        taken(host(host, port));
        return new HttpRedirect(".");
    }

    private List<OpenSshPublicKey> taken(SshHost host) {
        synchronized (scanned) {
            List<OpenSshPublicKey> keys = scanned.remove(host);
            return keys == null ? List.of() : keys;
        }
    }

    private static SshHost host(String name, String port) {
        try {
            return new SshHost(name.trim(), port.isBlank() ? SshHost.DEFAULT_PORT : Integer.parseInt(port.trim()));
        } catch (NumberFormatException e) {
            throw new Failure(Messages.HostKeysPage_NoPort());
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
    }

    /** A forge whose keys are pinned. */
    public static final class PinnedRow {

        private final PinnedForge forge;

        PinnedRow(PinnedForge forge) {
            this.forge = forge;
        }

        public String getForge() {
            return forge.name();
        }

        public String getHosts() {
            return forge.hosts().get(0) + ", " + forge.hosts().get(1);
        }

        public String getKeys() {
            return HostKeyWatch.named(Wiring.get().hostKeys().pinsOf(forge));
        }

        public String getPage() {
            return forge.page();
        }

        /** What the forge publishes, when it is something else. */
        public String getPublished() {
            return Wiring.get().hostKeyWatch().waiting().stream()
                    .filter(change -> change.forge() == forge)
                    .findFirst()
                    .map(change -> HostKeyWatch.named(change.published()))
                    .orElse("");
        }

        public String getProblem() {
            return Wiring.get().hostKeyWatch().problem(forge).orElse("");
        }
    }

    /** What a server showed. */
    public static final class ScannedRow {

        private final SshHost host;
        private final List<OpenSshPublicKey> keys;

        ScannedRow(SshHost host, List<OpenSshPublicKey> keys) {
            this.host = host;
            this.keys = keys;
        }

        public String getHost() {
            return host.name();
        }

        public int getPort() {
            return host.port();
        }

        public String getKeys() {
            return HostKeyWatch.named(keys);
        }

        /** Why it is not trusted already, or that it is. */
        public String getVerdict() {
            return Wiring.get().hostKeys().verdict(host, keys.get(0)).sentence();
        }
    }
}

package io.jenkins.plugins.bellhop.key;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The two forges whose host keys are the same for everybody and therefore built in, with the keys they have withdrawn.
 * The data are public; the tests compute their fingerprints again and compare them with the published ones.
 */
public enum PinnedForge {
    /**
     * Current keys: docs.github.com, "GitHub's SSH key fingerprints" (github/docs
     * {@code githubs-ssh-key-fingerprints.md} at c73840281b); the live list is {@code ssh_keys} of
     * {@code GET https://api.github.com/meta}. Port 443: docs.github.com, "Using SSH over the HTTPS port". Withdrawn:
     * the RSA key replaced on 2023-03-24 because its private half had been published by mistake
     * (github.blog/2023-03-23-we-updated-our-rsa-ssh-host-key; key data from github/docs at 126f507302), and the
     * DSA key.
     */
    GITHUB_COM(
            List.of(SshHost.of("github.com"), new SshHost("ssh.github.com", 443)),
            "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/githubs-ssh-key-fingerprints",
            "https://api.github.com/meta",
            List.of(
                    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl",
                    "ecdsa-sha2-nistp256 "
                            + "AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBEmKSENjQEezOmxkZMy7opKgwFB9nkt5YRrY"
                            + "MjNuG5N87uRgg6CLrbo5wAdT/y6v0mKV0U2w0WZ2YB/++Tpockg=",
                    "ssh-rsa "
                            + "AAAAB3NzaC1yc2EAAAADAQABAAABgQCj7ndNxQowgcQnjshcLrqPEiiphnt+VTTvDP6mHBL9j1aNUkY4Ue1gvwnG"
                            + "LVlOhGeYrnZaMgRK6+PKCUXaDbC7qtbW8gIkhL7aGCsOr/C56SJMy/BCZfxd1nWzAOxSDPgVsmerOBYfNqltV9/h"
                            + "WCqBywINIR+5dIg6JTJ72pcEpEjcYgXkE2YEFXV1JHnsKgbLWNlhScqb2UmyRkQyytRLtL+38TGxkxCflmO+5Z8C"
                            + "SSNY7GidjMIZ7Q4zMjA2n1nGrlTDkzwDCsw+wqFPGQA179cnfGWOWRVruj16z6XyvxvjJwbz0wQZ75XK5tKSb7FN"
                            + "yeIEs4TT4jk+S4dhPeAUC5y+bDYirYgM4GC7uEnztnZyaVWQ7B381AK4Qdrwt51ZqExKbQpTUNn+EjqoTwvqNj4k"
                            + "qx5QUCI0ThS/YkOxJCXmPUWZbhjpCg56i+2aB6CmK2JGhn57K5mj0MNdBXA4/WnwH6XoPWJzK5Nyu2zB3nAZp+S5"
                            + "hpQs+p1vN1/wsjk="),
            "ssh-rsa "
                    + "AAAAB3NzaC1yc2EAAAABIwAAAQEAq2A7hRGmdnm9tUDbO9IDSwBK6TbQa+PXYPCPy6rbTrTtw7PHkccKrpp0yVhp"
                    + "5HdEIcKr6pLlVDBfOLX9QUsyCOV0wzfjIJNlGEYsdlLJizHhbn2mUjvSAHQqZETYP81eFzLQNnPHt4EVVUh7VfDE"
                    + "SU84KezmD5QlWpXLmvU31/yMf+Se8xhHTvKSCZIFImWwoG6mbUoWf9nzpIoaSjB+weqqUUmpaaasXVal72J+UX2B"
                    + "+2RPW3RcT0eOzQgqlJL3RKrTJvdsjE3JEAvGq3lGHSZXy28G3skua2SmVi/w4yCE6gbODqnTWlg7+wC604ydGXA8"
                    + "VJiS5ap43JXiUFFAaQ==",
            "SHA256:br9IjFspm1vxR3iA35FWE+4VTyz1hYVLIE2t1/CeyWQ"),

    /**
     * Current keys: https://bitbucket.org/site/ssh, fingerprints on support.atlassian.com, "Configure SSH and two-step
     * verification". Withdrawn: the RSA key replaced on 2023-06-20 and the DSA key, see
     * bitbucket.org/blog/ssh-host-key-changes. That {@code altssh.bitbucket.org:443} shows the same keys is what its
     * users report; no page of Atlassian's confirms it.
     */
    BITBUCKET_ORG(
            List.of(SshHost.of("bitbucket.org"), new SshHost("altssh.bitbucket.org", 443)),
            "https://support.atlassian.com/bitbucket-cloud/docs/configure-ssh-and-two-step-verification/",
            "https://bitbucket.org/site/ssh",
            List.of(
                    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIazEu89wgQZ4bqs3d63QSMzYVa0MuJ2e2gKTKqu+UUO",
                    "ecdsa-sha2-nistp256 "
                            + "AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBPIQmuzMBuKdWeF4+a2sjSSpBK0iqitSQ+5B"
                            + "M9KhpexuGt20JpTVM7u5BDZngncgrqDMbWdxMWWOGtZ9UgbqgZE=",
                    "ssh-rsa "
                            + "AAAAB3NzaC1yc2EAAAADAQABAAABgQDQeJzhupRu0u0cdegZIa8e86EG2qOCsIsD1Xw0xSeiPDlCr7kq97NLmMbp"
                            + "KTX6Esc30NuoqEEHCuc7yWtwp8dI76EEEB1VqY9QJq6vk+aySyboD5QF61I/1WeTwu+deCbgKMGbUijeXhtfbxSx"
                            + "m6JwGrXrhBdofTsbKRUsrN1WoNgUa8uqN1Vx6WAJw1JHPhglEGGHea6QICwJOAr/6mrui/oB7pkaWKHj3z7d1IC4"
                            + "KWLtY47elvjbaTlkN04Kc/5LFEirorGYVbt15kAUlqGM65pk6ZBxtaO3+30LVlORZkxOh+LKL/BvbZ/iRNhItLqN"
                            + "yieoQj/uh/7Iv4uyH/cV/0b4WDSd3DptigWq84lJubb9t/DnZlrJazxyDCulTmKdOR7vs9gMTo+uoIrPSb8ScTtv"
                            + "w65+odKAlBj59dhnVp9zd7QUojOpXlL62Aw56U4oO+FALuevvMjiWeavKhJqlR7i5n9srYcrNV7ttmDw7kf/97P5"
                            + "zauIhxcjX+xHv4M="),
            "ssh-rsa "
                    + "AAAAB3NzaC1yc2EAAAABIwAAAQEAubiN81eDcafrgMeLzaFPsw2kNvEcqTKl/VqLat/MaB33pZy0y3rJZtnqwR2q"
                    + "OOvbwKZYKiEO1O6VqNEBxKvJJelCq0dTXWT5pbO2gDXC6h6QDXCaHo6pOHGPUy+YBaGQRGuSusMEASYiWunYN0vC"
                    + "AI8QaXnWMXNMdFP3jHAJH0eDsoiGnLPBlBp4TNm6rYI74nMzgz3B9IikW4WVK+dc8KZJZWYjAuORU3jc1c/NPskD"
                    + "2ASinf8v3xnfXeukU0sJ5N6m5E8VLjObPEO+mN2t/FZTMZLiFqPWc/ALSqnMnnhwrNi2rbfg/rd/IpL8Le3pSBne"
                    + "8+seeFVBoGqzHM9yXw==",
            "SHA256:RezPkAnH1sowiJM0NQXH90IohWdzHc3fAisEp7L3O3o");

    private final List<SshHost> hosts;
    private final String page;
    private final URI list;
    private final List<OpenSshPublicKey> currentKeys;
    private final OpenSshPublicKey withdrawnKey;
    private final Fingerprint withdrawnDsa;

    PinnedForge(
            List<SshHost> hosts,
            String page,
            String list,
            List<String> currentKeys,
            String withdrawnKey,
            String withdrawnDsa) {
        this.hosts = hosts;
        this.page = page;
        this.list = URI.create(list);
        this.currentKeys = currentKeys.stream().map(OpenSshPublicKey::parse).toList();
        this.withdrawnKey = OpenSshPublicKey.parse(withdrawnKey);
        this.withdrawnDsa = Fingerprint.parse(withdrawnDsa);
    }

    /** The servers that show these keys, the one for networks that let only port 443 out included. */
    public List<SshHost> hosts() {
        return hosts;
    }

    /** Where people find the fingerprints to compare. */
    public String page() {
        return page;
    }

    /** Where the forge lists its keys for programs. */
    public URI list() {
        return list;
    }

    /** The keys known when this version was made, all types, the preferred one first. */
    public List<OpenSshPublicKey> currentKeys() {
        return currentKeys;
    }

    static Optional<PinnedForge> of(SshHost host) {
        return Arrays.stream(values())
                .filter(forge -> forge.hosts.contains(host))
                .findFirst();
    }

    /** Keys that no server may show any more, whatever its name: others may hold their private halves. */
    static List<OpenSshPublicKey> withdrawnKeys() {
        return Arrays.stream(values()).map(forge -> forge.withdrawnKey).toList();
    }

    /** As {@link #withdrawnKeys}, and the DSA keys, of which only the fingerprints are known. */
    static boolean isWithdrawn(OpenSshPublicKey key) {
        return Arrays.stream(values())
                .flatMap(forge -> Stream.of(forge.withdrawnKey.fingerprint(), forge.withdrawnDsa))
                .anyMatch(key.fingerprint()::equals);
    }
}

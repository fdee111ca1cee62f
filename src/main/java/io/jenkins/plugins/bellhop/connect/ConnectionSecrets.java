package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.delivery.Secret;

/** A connection's secrets. Kept apart from it, so that they are fetched at the moment of use and shown nowhere. */
public final class ConnectionSecrets {

    private final String hookPath;
    private final Secret webhook;
    private final Secret privateKey;

    /**
     * @param hookPath the random last part of the hook's URL
     * @param webhook what the forge signs deliveries with
     * @param privateKey the deploy key's private half, in OpenSSH's format
     */
    public ConnectionSecrets(String hookPath, Secret webhook, Secret privateKey) {
        this.hookPath = hookPath;
        this.webhook = webhook;
        this.privateKey = privateKey;
    }

    public String hookPath() {
        return hookPath;
    }

    public Secret webhook() {
        return webhook;
    }

    public Secret privateKey() {
        return privateKey;
    }

    @Override
    public String toString() {
        return "secrets of a connection";
    }
}

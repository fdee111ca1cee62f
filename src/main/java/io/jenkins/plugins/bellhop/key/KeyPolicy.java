package io.jenkins.plugins.bellhop.key;

/** Which keys a build may have. */
public enum KeyPolicy {
    /** Everything: the code is the repository's own, or somebody decided that strangers get the keys. */
    EVERY_KEY,
    /** Keys that may only read one repository, as for the checkout of strangers' code. */
    DEPLOY_KEYS,
    /** None: strangers' code runs. */
    NO_KEY;

    /**
     * @param strangers whether strangers' code may run in the build
     * @param forCheckout whether git alone gets the keys, for as long as it checks out
     * @param handedToStrangers whether somebody decided that strangers' code gets every key
     */
    public static KeyPolicy of(boolean strangers, boolean forCheckout, boolean handedToStrangers) {
        if (!strangers || handedToStrangers) {
            return EVERY_KEY;
        }
        return forCheckout ? DEPLOY_KEYS : NO_KEY;
    }

    boolean permits(RingKey key) {
        return switch (this) {
            case EVERY_KEY -> true;
            case DEPLOY_KEYS -> key.kind() == RingKey.Kind.DEPLOY;
            case NO_KEY -> false;
        };
    }
}

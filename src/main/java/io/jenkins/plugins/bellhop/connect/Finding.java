package io.jenkins.plugins.bellhop.connect;

/**
 * One thing about a connection that somebody should know.
 *
 * @param sentence what was found
 * @param cure what to do about it
 */
public record Finding(Kind kind, String sentence, String cure) {

    /** Whether {@link Repair} can mend it. */
    public boolean isRepairable() {
        return kind.remedy != Remedy.PERSON;
    }

    /** Whether everything works as it is, and might be better. */
    public boolean isAdvice() {
        return kind.advice;
    }

    Remedy remedy() {
        return kind.remedy;
    }

    /** What mends a finding. */
    enum Remedy {
        NEW_KEY,
        NEW_HOOK,
        SAME_SECRET,
        PERSON
    }

    /** What can be found. */
    public enum Kind {
        CREDENTIAL_REFUSED(Remedy.PERSON, false),
        REPOSITORY_NOT_FOUND(Remedy.PERSON, false),
        KEY_REVOKED(Remedy.NEW_KEY, false),
        KEY_MISSING(Remedy.NEW_KEY, false),
        KEY_MAY_WRITE(Remedy.NEW_KEY, false),
        KEY_DISABLED(Remedy.PERSON, false),
        KEY_NOT_VERIFIED(Remedy.PERSON, false),
        KEY_OPENS_NOTHING(Remedy.PERSON, false),
        KEY_OLD(Remedy.NEW_KEY, true),
        HOOK_MISSING(Remedy.NEW_HOOK, false),
        HOOK_OFF(Remedy.PERSON, false),
        HOOK_UNSIGNED(Remedy.SAME_SECRET, false),
        HOOK_LACKS_EVENTS(Remedy.PERSON, true),
        DELIVERY_FAILED(Remedy.PERSON, false),
        DEPLOY_KEY_WOULD_DO(Remedy.PERSON, true),
        PERSONAL_ACCOUNT(Remedy.PERSON, true),
        KEY_REACHES_FURTHER(Remedy.PERSON, true),
        WIDE_KEY_OLD(Remedy.PERSON, true);

        private final Remedy remedy;
        private final boolean advice;

        Kind(Remedy remedy, boolean advice) {
            this.remedy = remedy;
            this.advice = advice;
        }
    }
}

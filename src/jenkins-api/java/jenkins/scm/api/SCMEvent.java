package jenkins.scm.api;

public abstract class SCMEvent<P> {

    public SCMEvent(Type type, P payload, String origin) {}

    public String description() {
        return null;
    }

    public P getPayload() {
        return null;
    }

    public Type getType() {
        return null;
    }

    public enum Type {
        CREATED,
        UPDATED,
        REMOVED
    }
}

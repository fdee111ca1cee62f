package hudson.model;

public final class Result {

    public static final Result SUCCESS = null;
    public static final Result UNSTABLE = null;
    public static final Result FAILURE = null;
    public static final Result ABORTED = null;

    private Result() {}
}

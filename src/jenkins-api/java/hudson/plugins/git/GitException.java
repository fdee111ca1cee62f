package hudson.plugins.git;

@SuppressWarnings("serial")
public class GitException extends RuntimeException {

    public GitException(String message) {}

    public GitException(String message, Throwable cause) {}
}

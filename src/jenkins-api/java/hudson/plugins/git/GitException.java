package hudson.plugins.git;

@SuppressWarnings("serial")
public class GitException extends RuntimeException {

    private GitException() {}
}

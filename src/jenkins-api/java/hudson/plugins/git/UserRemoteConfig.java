package hudson.plugins.git;

public class UserRemoteConfig {

    private UserRemoteConfig() {}

    public String getUrl() {
        return null;
    }

    public String getCredentialsId() {
        return null;
    }
}

package jenkins.model;

public class JenkinsLocationConfiguration extends GlobalConfiguration {

    public static JenkinsLocationConfiguration get() {
        return null;
    }

    public String getUrl() {
        return null;
    }
}

package io.jenkins.plugins.bellhop.jenkins;

/** Bellhop's pages below "Manage Jenkins", and how links lead there. */
public enum ManagePage {
    CONNECTIONS("bellhop-connections"),
    DELIVERIES("bellhop-deliveries"),
    HOST_KEYS("bellhop-host-keys"),
    USER_KEYS("bellhop-user-keys"),
    SHARED_KEYS("bellhop-shared-keys");

    private final String urlName;

    ManagePage(String urlName) {
        this.urlName = urlName;
    }

    /** Its name below {@code manage}. */
    public String urlName() {
        return urlName;
    }

    /** Below Jenkins' URL, with a slash at its end: so found, the page has its crumbs. */
    public String path() {
        return "manage/" + urlName + "/";
    }
}

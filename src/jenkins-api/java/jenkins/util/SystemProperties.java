package jenkins.util;

public class SystemProperties {

    private SystemProperties() {}

    public static String getString(String key) {
        return null;
    }
}

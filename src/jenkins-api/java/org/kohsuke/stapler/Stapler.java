package org.kohsuke.stapler;

public class Stapler {

    public static StaplerRequest2 getCurrentRequest2() {
        return null;
    }
}

package hudson;

import java.util.TreeMap;

@SuppressWarnings("serial")
public class EnvVars extends TreeMap<String, String> {

    private EnvVars() {}

    public String expand(String text) {
        return null;
    }
}

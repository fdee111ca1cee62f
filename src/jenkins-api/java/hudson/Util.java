package hudson;

import java.util.List;

public class Util {

    private Util() {}

    public static String fixEmptyAndTrim(String text) {
        return null;
    }

    public static String escape(String text) {
        return null;
    }

    public static String fixNull(String text) {
        return null;
    }

    public static <T> List<T> fixNull(List<T> list) {
        return null;
    }
}

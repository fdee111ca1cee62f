package hudson.util;

import hudson.model.Describable;
import hudson.model.Descriptor;
import java.io.IOException;

public class DescribableList<T extends Describable<T>, D extends Descriptor<T>> {

    private DescribableList() {}

    public <U extends T> U get(Class<U> type) {
        return null;
    }

    public void remove(Class<? extends T> type) throws IOException {}
}

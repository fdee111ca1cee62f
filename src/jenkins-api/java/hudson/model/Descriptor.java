package hudson.model;

import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

public abstract class Descriptor<T extends Describable<T>> implements Saveable {

    protected Descriptor() {}

    public String getDisplayName() {
        return null;
    }

    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        return false;
    }

    public T newInstance(StaplerRequest2 req, JSONObject formData) throws FormException {
        return null;
    }

    public synchronized void load() {}

    @Override
    public synchronized void save() {}

    @SuppressWarnings("serial")
    public static final class FormException extends Exception {

        public FormException(String message, Throwable cause, String formField) {}
    }
}

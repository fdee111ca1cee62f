package hudson.model;

public abstract class AdministrativeMonitor {

    protected AdministrativeMonitor() {}

    public String getDisplayName() {
        return null;
    }

    public abstract boolean isActivated();
}

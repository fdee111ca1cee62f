package hudson.model;

public abstract class ManagementLink implements Action {

    public ManagementLink() {}

    @Override
    public abstract String getIconFileName();

    public String getDescription() {
        return null;
    }

    @Override
    public abstract String getUrlName();

    public Category getCategory() {
        return null;
    }

    public enum Category {
        STATUS
    }
}

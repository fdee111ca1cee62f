package hudson.model;

public class CauseAction implements Action {

    public CauseAction(Cause cause) {}

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return null;
    }
}

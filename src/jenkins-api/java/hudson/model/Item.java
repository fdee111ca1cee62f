package hudson.model;

import hudson.security.AccessControlled;
import hudson.security.Permission;
import java.util.Collection;

public interface Item extends AccessControlled {

    Permission CONFIGURE = null;
    Permission READ = null;

    String getUrl();

    String getFullName();

    @SuppressWarnings("rawtypes")
    Collection<? extends Job> getAllJobs();

    ItemGroup<? extends Item> getParent();
}

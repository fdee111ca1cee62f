package jenkins.model;

import hudson.PluginManager;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Queue;
import hudson.model.TopLevelItem;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import java.io.File;
import java.util.List;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

public class Jenkins implements ItemGroup<TopLevelItem>, AccessControlled {

    public static final Permission ADMINISTER = null;

    private Jenkins() {}

    public static Authentication getAuthentication2() {
        return null;
    }

    public static Jenkins get() throws IllegalStateException {
        return null;
    }

    public Computer getComputer(String name) {
        return null;
    }

    @Override
    public List<TopLevelItem> getItems() {
        return null;
    }

    public <T extends Item> T getItemByFullName(String fullName, Class<T> type) throws AccessDeniedException {
        return null;
    }

    public PluginManager getPluginManager() {
        return null;
    }

    public Queue getQueue() {
        return null;
    }

    public File getRootDir() {
        return null;
    }

    public String getRootUrl() throws IllegalStateException {
        return null;
    }

    public boolean isQuietingDown() {
        return false;
    }
}

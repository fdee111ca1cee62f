package io.jenkins.plugins.bellhop.jenkins.connection;

import hudson.Extension;
import hudson.XmlFile;
import hudson.model.Item;
import hudson.model.Saveable;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.SaveableListener;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import java.util.function.UnaryOperator;
import jenkins.model.JenkinsLocationConfiguration;

/** Tells the reconciler what happens to items, and the whole of Bellhop when Jenkins comes and goes. */
@Extension
public final class ItemEvents extends ItemListener {

    @Override
    public void onLoaded() {
        Wiring.get().start();
    }

    @Override
    public void onBeforeShutdown() {
        Wiring.get().stop();
    }

    @Override
    public void onCreated(Item item) {
        changed(item);
    }

    @Override
    public void onUpdated(Item item) {
        changed(item);
    }

    @Override
    public void onDeleted(Item item) {
        String name = item.getFullName();
        Wiring wiring = Wiring.get();
        wiring.connections().ofItem(name).forEach(stored -> wiring.approvals().forgetJob(stored.id(), name));
        wiring.userKeyFiles().itemDeleted(name);
        wiring.owedLooks().forget(name);
        wiring.reconciler().itemDeleted(name);
    }

    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        Wiring wiring = Wiring.get();
        UnaryOperator<String> today = name -> StoredConnection.moved(name, oldFullName, newFullName);
        wiring.owedBuilds().renamed(today);
        wiring.owedLooks().renamed(today);
        wiring.connections()
                .ofItemOrWithin(oldFullName)
                .forEach(stored -> wiring.approvals().renamed(stored.id(), today));
        wiring.userKeyFiles().itemMoved(oldFullName, newFullName);
        wiring.reconciler().itemMoved(oldFullName, newFullName);
    }

    private static void changed(Object saved) {
        if (saved instanceof Item item) {
            Wiring.get().reconciler().itemChanged(item);
        }
    }

    /** {@code properties([...])} saves the job and tells no item listener. */
    @Extension
    public static final class Saves extends SaveableListener {
        @Override
        public void onChange(Saveable saved, XmlFile file) {
            changed(saved);
        }
    }

    /** Without Jenkins' own URL nothing is connected. */
    @Extension
    public static final class Location extends SaveableListener {
        @Override
        public void onChange(Saveable saved, XmlFile file) {
            if (saved instanceof JenkinsLocationConfiguration) {
                Wiring.get().tryWaitingJobs();
            }
        }
    }
}

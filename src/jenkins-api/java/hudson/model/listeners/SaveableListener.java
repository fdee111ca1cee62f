package hudson.model.listeners;

import hudson.XmlFile;
import hudson.model.Saveable;

public abstract class SaveableListener {

    public void onChange(Saveable saved, XmlFile file) {}
}

package com.cloudbees.jenkins;

import hudson.model.Item;
import hudson.model.Job;
import hudson.triggers.Trigger;
import hudson.triggers.TriggerDescriptor;

/** Stands for the GitHub plugin's trigger, which jobs are told by its full name alone. */
public class GitHubPushTrigger extends Trigger<Job<?, ?>> {

    public static int stopped;

    @Override
    public void stop() {
        stopped++;
    }

    /** Registered by the test that needs it. */
    public static final class DescriptorImpl extends TriggerDescriptor {

        @Override
        public boolean isApplicable(Item item) {
            return item instanceof Job;
        }

        @Override
        public String getDisplayName() {
            return "GitHub hook trigger for GITScm polling";
        }
    }
}

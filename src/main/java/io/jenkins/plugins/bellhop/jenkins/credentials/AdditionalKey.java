package io.jenkins.plugins.bellhop.jenkins.credentials;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.key.KeyScope;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * An SSH key that Jenkins has already, for one repository or for all of a server that have no other key. The fields' names
 * are a file format.
 */
public final class AdditionalKey implements Describable<AdditionalKey> {

    private final String credentialsId;
    private final String boundTo;

    /**
     * @param boundTo a server, a repository's URL, or {@code host/owner/name}
     * @throws IllegalArgumentException when it is none of them, or no credential is named
     */
    @DataBoundConstructor
    public AdditionalKey(String credentialsId, String boundTo) {
        this.credentialsId = Util.fixNull(credentialsId).trim();
        this.boundTo = Util.fixNull(boundTo).trim();
        if (this.credentialsId.isEmpty()) {
            throw new IllegalArgumentException("expected an SSH credential for an additional key, found none");
        }
        KeyScope.parse(this.boundTo, true);
    }

    /** What an earlier version let in, and this one refuses, is left out in builds with a word on why, and isn't lost. */
    private Object readResolve() {
        if (credentialsId == null || boundTo == null) {
            throw new IllegalArgumentException(
                    "expected an additional key with credentialsId and boundTo, found one without");
        }
        return this;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    public String getBoundTo() {
        return boundTo;
    }

    /** The form's side. */
    @Extension
    @Symbol("additionalKey")
    public static final class DescriptorImpl extends Descriptor<AdditionalKey> {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.AdditionalKey_DisplayName();
        }

        @RequirePOST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return AdditionalKeys.listed(item, credentialsId);
        }

        /** Shows the fingerprint, which is what steps name the key by. */
        @RequirePOST
        public FormValidation doCheckCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
            if (item == null || !Wiring.mayConfigure(item) || Util.fixEmptyAndTrim(value) == null) {
                return FormValidation.ok();
            }
            try {
                return FormValidation.ok(AdditionalKeys.read(item, value.trim())
                        .publicKey()
                        .fingerprint()
                        .toString());
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        @RequirePOST
        public FormValidation doCheckBoundTo(@AncestorInPath Item item, @QueryParameter String value) {
            if (!Wiring.mayConfigure(item)) {
                return FormValidation.ok();
            }
            try {
                return FormValidation.ok(
                        KeyScope.parse(Util.fixNull(value), true).toString());
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}

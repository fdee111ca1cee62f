package io.jenkins.plugins.bellhop.jenkins;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.bellhop.event.Quoted;
import io.jenkins.plugins.bellhop.forge.RestClient;
import java.net.URI;
import java.net.URISyntaxException;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** One GitHub Enterprise Server, by the root of its API. The fields' names are a file format. */
public final class GitHubServer implements Describable<GitHubServer> {

    private final String apiUrl;

    /** @throws IllegalArgumentException for a URL that a token can't safely be sent to */
    @DataBoundConstructor
    public GitHubServer(String apiUrl) {
        this.apiUrl = checked(apiUrl).toString();
    }

    public String getApiUrl() {
        return apiUrl;
    }

    URI apiBase() {
        return checked(apiUrl);
    }

    private static URI checked(String text) {
        try {
            return RestClient.checked(new URI(Util.fixNull(text).trim().replaceAll("/+$", "")));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "expected a URL such as https://github.example.com/api/v3, found " + Quoted.text(text));
        }
    }

    /** The form's side. */
    @Extension
    @Symbol("gitHubServer")
    public static final class DescriptorImpl extends Descriptor<GitHubServer> {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.GitHubServer_DisplayName();
        }

        @RequirePOST
        public FormValidation doCheckApiUrl(@QueryParameter String value) {
            if (!Wiring.mayConfigure(null) || Util.fixEmptyAndTrim(value) == null) {
                return FormValidation.ok();
            }
            try {
                checked(value);
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}

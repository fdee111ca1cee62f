package io.jenkins.plugins.bellhop.jenkins;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.bellhop.forge.github.GitHubForge;
import java.net.URI;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** One GitHub Enterprise Server, by the root of its API. The fields' names are a file format. */
public final class GitHubServer implements Describable<GitHubServer> {

    private static final String EXAMPLE = "https://github.example.com/api/v3";

    private final String apiUrl;

    /** @throws IllegalArgumentException for a URL that a token can't safely be sent to */
    @DataBoundConstructor
    public GitHubServer(String apiUrl) {
        this.apiUrl = ServerUrl.checked(apiUrl, EXAMPLE).toString();
    }

    /** One that can't be honoured is left out when the configuration is read, and reported as old data. */
    private Object readResolve() {
        apiBase();
        return this;
    }

    public String getApiUrl() {
        return apiUrl;
    }

    URI apiBase() {
        return ServerUrl.checked(apiUrl, EXAMPLE);
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
            return ServerUrl.validation(
                    value,
                    EXAMPLE,
                    base -> GitHubForge.isUsualBase(base)
                            ? FormValidation.ok()
                            : FormValidation.warning(Messages.GitHubServer_NoApi()));
        }
    }
}

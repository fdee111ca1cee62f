package io.jenkins.plugins.bellhop.jenkins;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import java.net.URI;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** One Bitbucket Data Center, by its own URL. The fields' names are a file format. */
public final class BitbucketServer implements Describable<BitbucketServer> {

    private static final String EXAMPLE = "https://bitbucket.example.com";

    private final String url;

    /** @throws IllegalArgumentException for a URL that a token can't safely be sent to */
    @DataBoundConstructor
    public BitbucketServer(String url) {
        this.url = ServerUrl.checked(url, EXAMPLE).toString();
    }

    /** One that can't be honoured is left out when the configuration is read, and reported as old data. */
    private Object readResolve() {
        root();
        return this;
    }

    public String getUrl() {
        return url;
    }

    URI root() {
        return ServerUrl.checked(url, EXAMPLE);
    }

    /** The form's side. */
    @Extension
    @Symbol("bitbucketServer")
    public static final class DescriptorImpl extends Descriptor<BitbucketServer> {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.BitbucketServer_DisplayName();
        }

        @RequirePOST
        public FormValidation doCheckUrl(@QueryParameter String value) {
            return ServerUrl.validation(value, EXAMPLE);
        }
    }
}

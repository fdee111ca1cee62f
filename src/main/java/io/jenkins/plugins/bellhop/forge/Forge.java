package io.jenkins.plugins.bellhop.forge;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RemoteUrl;

/** One hosting service that Jenkins is configured to work with. */
public interface Forge {

    /** Its host name, lower case, without port; every repository of it carries this host. */
    String host();

    /** What people call it: {@code GitHub}, {@code GitHub Enterprise Server}. */
    String kind();

    /** Whether a remote, in whichever spelling, leads to this forge. */
    boolean owns(RemoteUrl remote);

    Dialect dialect();

    /** The API with this token; makes no call. */
    ForgeApi api(Secret token);

    /** The ref of the base repository under which a pull request's head can be fetched. */
    String pullRequestRef(long number);
}

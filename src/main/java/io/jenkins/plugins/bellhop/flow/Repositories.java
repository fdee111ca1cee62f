package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;

/** What events change about connections, and the way to ask their forges back. */
public interface Repositories {

    /** The connection's API, with the credential that it was connected with. */
    ForgeApi api(Connection connection) throws ForgeFailure;

    /** The repository goes by another name now. */
    void renamed(Connection connection, RepositoryId today);
}

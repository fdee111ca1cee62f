package io.jenkins.plugins.bellhop.key;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A running server of private repositories. */
interface PrivateServer extends AutoCloseable {

    SshHost host();

    /** What a client must know to trust it. */
    HostKeys trust();

    /** Without {@code .git}. */
    String url(String path);

    /** Where the repository lies on disk, bare. */
    Path repository(String path);

    /** The fingerprints of the keys that clients offered since they were last forgotten, each once. */
    List<String> offered() throws IOException;

    void forgetOffers() throws IOException;

    /** How it tells that it knows a key, but not for this repository. */
    SshFailure.Kind ofAnothersKey();

    @Override
    void close() throws IOException;
}

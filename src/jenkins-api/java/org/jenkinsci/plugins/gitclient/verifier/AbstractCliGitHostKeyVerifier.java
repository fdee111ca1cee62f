package org.jenkinsci.plugins.gitclient.verifier;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;

public interface AbstractCliGitHostKeyVerifier extends Serializable {

    String getVerifyHostKeyOption(Path tempKnownHosts) throws IOException;
}

package org.jenkinsci.plugins.gitclient;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.plugins.git.GitException;
import org.eclipse.jgit.lib.ObjectId;

public interface GitClient {

    void addCredentials(String url, StandardCredentials credentials);

    FetchCommand fetch_();

    boolean isCommitInRepo(ObjectId commit) throws GitException, InterruptedException;
}

package org.jenkinsci.plugins.gitclient;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.FilePath;
import hudson.plugins.git.GitException;
import org.eclipse.jgit.lib.ObjectId;

public interface GitClient {

    void addCredentials(String url, StandardCredentials credentials);

    FetchCommand fetch_();

    FilePath getWorkTree();

    boolean isCommitInRepo(ObjectId commit) throws GitException, InterruptedException;

    ObjectId revParse(String name) throws GitException, InterruptedException;
}

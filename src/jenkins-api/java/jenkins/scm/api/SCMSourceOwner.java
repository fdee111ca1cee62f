package jenkins.scm.api;

public interface SCMSourceOwner {}

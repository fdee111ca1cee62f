package hudson.scm;

public abstract class SCM {}

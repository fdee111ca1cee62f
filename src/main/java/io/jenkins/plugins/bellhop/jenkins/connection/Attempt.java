package io.jenkins.plugins.bellhop.jenkins.connection;

/** How connecting a job went, with the sentence that the form and the job's page show. */
public record Attempt(boolean connected, boolean mayPass, String sentence) {}

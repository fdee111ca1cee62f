package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.flow.Entry.Outcome;

/**
 * What came of one event for a project that finds out by itself what to build.
 *
 * @param project the project's full name
 */
public record Told(String project, Outcome outcome, String sentence) {}

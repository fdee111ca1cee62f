package io.jenkins.plugins.bellhop.sandbox.state;

/** What a webhook tells: the event, its action if it has one, the id that a redelivery repeats, and the JSON. */
public record Message(String event, String action, String guid, byte[] json) {}

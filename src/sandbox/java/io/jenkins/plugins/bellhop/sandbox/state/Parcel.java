package io.jenkins.plugins.bellhop.sandbox.state;

import java.util.Map;

/** A message as it goes over the wire. */
public record Parcel(Map<String, String> headers, byte[] body) {}

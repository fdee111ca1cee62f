package io.jenkins.plugins.bellhop.sandbox.git;

/**
 * A key that a client offered, in the order of offering; each key once a connection.
 *
 * @param connection tells the connections apart
 * @param user the name the client logged in as
 * @param accepted whether the server knows the key; says nothing about any repository
 */
public record OfferedKey(String connection, String user, String fingerprint, boolean accepted) {}

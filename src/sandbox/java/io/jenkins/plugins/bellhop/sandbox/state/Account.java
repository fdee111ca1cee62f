package io.jenkins.plugins.bellhop.sandbox.state;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A user or an organisation. */
public final class Account {

    private final long id;
    private final String login;
    private final Map<String, Role> members = new ConcurrentSkipListMap<>();
    private final List<UserKey> keys = new CopyOnWriteArrayList<>();
    private final List<DeployKey> deployKeys = new CopyOnWriteArrayList<>();
    private volatile String email;
    private volatile boolean organization;
    private volatile boolean deployKeysForbidden;

    Account(long id, String login) {
        this.id = id;
        this.login = login;
        this.email = login + "@users.sandbox.invalid";
    }

    public long id() {
        return id;
    }

    public String login() {
        return login;
    }

    public String email() {
        return email;
    }

    void reachedAt(String address) {
        email = address;
    }

    public boolean organization() {
        return organization;
    }

    public boolean deployKeysForbidden() {
        return deployKeysForbidden;
    }

    public List<UserKey> keys() {
        return List.copyOf(keys);
    }

    public void add(UserKey key) {
        keys.add(key);
    }

    public boolean removeKey(long keyId) {
        return keys.removeIf(key -> key.id() == keyId);
    }

    /** Puts a key in the place of the one with the same id. */
    public void change(UserKey changed) {
        keys.replaceAll(key -> key.id() == changed.id() ? changed : key);
    }

    /** Keys that open all repositories of this owner. */
    public List<DeployKey> deployKeys() {
        return List.copyOf(deployKeys);
    }

    public void add(DeployKey key) {
        deployKeys.add(key);
    }

    public void change(DeployKey changed) {
        deployKeys.replaceAll(key -> key.id() == changed.id() ? changed : key);
    }

    public boolean removeDeployKey(long keyId) {
        return deployKeys.removeIf(key -> key.id() == keyId);
    }

    /** Gives a member the role in every repository of this organisation. */
    void addMember(String member, Role role) {
        organization = true;
        members.put(member.toLowerCase(Locale.ROOT), role);
    }

    void becomeOrganization() {
        organization = true;
    }

    void forbidDeployKeys(boolean forbidden) {
        deployKeysForbidden = forbidden;
    }

    /** What another account is here, to everything that this one owns. */
    public Role roleOf(String other) {
        if (login.equalsIgnoreCase(other)) {
            return Role.ADMIN;
        }
        return members.getOrDefault(other.toLowerCase(Locale.ROOT), Role.NONE);
    }

    public boolean hasMember(String other) {
        return members.containsKey(other.toLowerCase(Locale.ROOT));
    }

    /** Somebody who can act for this account: itself, or a member of the organisation. */
    String actor() {
        Optional<String> member = members.keySet().stream().findFirst();
        return organization ? member.orElse(login) : login;
    }
}

package io.jenkins.plugins.bellhop.sandbox.bitbucketdc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.rest.Site;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What projects and repositories are called in addresses: keys in capitals, but not for git. */
record Names(Site site, Installation installation) {

    static boolean personal(String owner) {
        return owner.startsWith("~");
    }

    static String key(String owner) {
        return owner.toUpperCase(Locale.ROOT);
    }

    static String slug(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    static String gitPath(SandboxRepository repository) {
        return repository.owner().toLowerCase(Locale.ROOT) + "/" + slug(repository.name());
    }

    String ssh(SandboxRepository repository) {
        return site.ssh(gitPath(repository));
    }

    /** The page of a person's or any other project. */
    String page(String owner) {
        return site.web() + (personal(owner) ? "/users/" + slug(owner.substring(1)) : "/projects/" + key(owner));
    }

    String page(SandboxRepository repository) {
        return page(repository.owner()) + "/repos/" + slug(repository.name());
    }

    static ObjectNode self(String address) {
        ObjectNode json = Json.object();
        json.set("self", Json.array(List.of(Json.object().put("href", address))));
        return json;
    }

    /** With the addresses for git; that for SSH only where it is on. */
    ObjectNode links(SandboxRepository repository) {
        List<ObjectNode> clone = new ArrayList<>();
        String http = site.web() + "/scm/" + gitPath(repository) + ".git";
        clone.add(Json.object().put("href", http).put("name", "http"));
        if (installation.ssh()) {
            clone.add(Json.object().put("href", ssh(repository)).put("name", "ssh"));
        }
        ObjectNode json = Json.object();
        json.set("clone", Json.array(clone));
        json.setAll(self(page(repository) + "/browse"));
        return json;
    }
}

package io.jenkins.plugins.bellhop.sandbox.bitbucketcloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.rest.Site;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Where things are found, as {@code links} objects. */
record Links(Site site) {

    static ObjectNode href(String address) {
        return Json.object().put("href", address);
    }

    /** The path of a repository: Bitbucket makes it from the name, in lower case. */
    static String path(SandboxRepository repository) {
        return repository.owner().toLowerCase(Locale.ROOT) + "/" + slug(repository.name());
    }

    static String slug(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** For one part of a path: a UUID's braces, or whatever stands in a build's key, may not stand there as they are. */
    static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    String api(SandboxRepository repository) {
        return site.api() + "/repositories/" + path(repository);
    }

    String page(SandboxRepository repository) {
        return site.web() + "/" + path(repository);
    }

    String ssh(SandboxRepository repository) {
        return site.ssh(path(repository));
    }

    /** A member called {@code links} with the address of the thing itself and of its page. */
    ObjectNode selfAndPage(String self, String page) {
        ObjectNode links = Json.object();
        links.set("self", href(self));
        links.set("html", href(page));
        return links;
    }

    /** Those of a repository wherever it is named. */
    ObjectNode brief(SandboxRepository repository) {
        ObjectNode links = selfAndPage(api(repository), page(repository));
        links.set("avatar", href(page(repository) + "/avatar"));
        return links;
    }

    /** Those of a repository that was asked for. */
    ObjectNode full(SandboxRepository repository) {
        ObjectNode links = brief(repository);
        for (String name : List.of("hooks", "pullrequests", "commits", "forks", "downloads", "watchers")) {
            links.set(name, href(api(repository) + "/" + name));
        }
        links.set("source", href(api(repository) + "/src"));
        links.set("branches", href(api(repository) + "/refs/branches"));
        links.set("tags", href(api(repository) + "/refs/tags"));
        ObjectNode https = Json.object().put("name", "https").put("href", page(repository) + ".git");
        ObjectNode ssh = Json.object().put("name", "ssh").put("href", ssh(repository));
        links.set("clone", Json.array(List.of(https, ssh)));
        return links;
    }

    ObjectNode commit(SandboxRepository repository, String sha) {
        return selfAndPage(api(repository) + "/commit/" + sha, page(repository) + "/commits/" + sha);
    }
}

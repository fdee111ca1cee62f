package io.jenkins.plugins.bellhop.forge.bitbucketcloud;

import io.jenkins.plugins.bellhop.forge.Answer;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.Paging;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A page carries the next one's URL. */
final class CloudPaging implements Paging {

    /** Of pull requests Bitbucket takes no more, whatever its description says; of everything else it takes 100. */
    private static final int MOST_PULL_REQUESTS = 50;

    @Override
    public String largest(String path) {
        return "pagelen=" + (path.contains("/pullrequests?") ? MOST_PULL_REQUESTS : 100);
    }

    @Override
    public List<Json> entries(Json page) throws UnreadablePayload {
        return page.at("values").items();
    }

    @Override
    public Optional<URI> next(Answer answer, Json page, String first) throws UnreadablePayload {
        Optional<String> next = page.findText("next");
        return next.isPresent() ? Optional.of(Paging.link(next.get(), page.path() + ".next")) : Optional.empty();
    }
}

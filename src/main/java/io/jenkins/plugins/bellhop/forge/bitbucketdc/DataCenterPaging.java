package io.jenkins.plugins.bellhop.forge.bitbucketdc;

import io.jenkins.plugins.bellhop.forge.Answer;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.Paging;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A page says whether it is the last, and at which entry the next one starts. */
final class DataCenterPaging implements Paging {

    @Override
    public String largest(String path) {
        return "limit=100";
    }

    @Override
    public List<Json> entries(Json page) throws UnreadablePayload {
        return page.at("values").items();
    }

    /** Servers may filter entries out of a page, so that only they know where the next one starts. */
    @Override
    public Optional<URI> next(Answer answer, Json page, String first) throws UnreadablePayload {
        Optional<Json> start = page.find("nextPageStart");
        if (page.flag("isLastPage") || start.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(URI.create(first + "&start=" + start.get().number()));
    }
}

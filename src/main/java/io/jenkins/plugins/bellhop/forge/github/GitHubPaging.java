package io.jenkins.plugins.bellhop.forge.github;

import io.jenkins.plugins.bellhop.forge.Answer;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.Paging;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page is a bare list; the next one's URL stands in the Link header. */
final class GitHubPaging implements Paging {

    private static final Pattern NEXT_PAGE = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"next\"");

    @Override
    public String largest(String path) {
        return "per_page=100";
    }

    @Override
    public List<Json> entries(Json page) throws UnreadablePayload {
        return page.items();
    }

    @Override
    public Optional<URI> next(Answer answer, Json page, String first) throws UnreadablePayload {
        Matcher next = NEXT_PAGE.matcher(answer.header("Link").orElse(""));
        return next.find() ? Optional.of(Paging.link(next.group(1), "Link")) : Optional.empty();
    }
}

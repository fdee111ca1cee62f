package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.Event.Change;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A repository's heads as the forge lists them now, and what they tell beside those last seen. */
final class HeadComparison {

    /** Pull requests that one comparison finds to be closed; of others nothing is told. */
    static final int MOST_CLOSED = 50;

    private final RepositoryId repository;
    private final Map<GitRef, CommitId> refs;
    private final List<PullRequest> pullRequests;
    private final List<PullRequest> closed;

    private HeadComparison(
            RepositoryId repository,
            Map<GitRef, CommitId> refs,
            List<PullRequest> pullRequests,
            List<PullRequest> closed) {
        this.repository = repository;
        this.refs = refs;
        this.pullRequests = pullRequests;
        this.closed = closed;
    }

    /**
     * @param repository under its present name
     * @param seen keys of the heads last seen: of a pull request that isn't open any more the forge is asked what it was
     */
    static HeadComparison asked(RepositoryId repository, ForgeApi api, Set<String> seen) throws ForgeFailure {
        Map<GitRef, CommitId> refs = new LinkedHashMap<>(api.refs().branches(repository));
        refs.putAll(api.refs().tags(repository));
        List<PullRequest> open = api.pullRequests().open(repository);
        return new HeadComparison(repository, refs, open, closed(repository, api, missing(seen, open)));
    }

    private static Set<Long> missing(Set<String> seen, List<PullRequest> open) {
        Set<Long> numbers = new TreeSet<>();
        seen.forEach(key -> SeenHeads.number(key).ifPresent(numbers::add));
        open.forEach(request -> numbers.remove(request.number()));
        return numbers;
    }

    private static List<PullRequest> closed(RepositoryId repository, ForgeApi api, Set<Long> numbers)
            throws ForgeFailure {
        List<PullRequest> closed = new ArrayList<>();
        for (long number : numbers.stream().limit(MOST_CLOSED).toList()) {
            api.pullRequests().closed(repository, number).ifPresent(closed::add);
        }
        return closed;
    }

    /** Without those of which something was heard since they were listed. */
    HeadComparison without(Set<String> keys) {
        Map<GitRef, CommitId> otherRefs = new LinkedHashMap<>(refs);
        otherRefs.keySet().removeIf(ref -> keys.contains(ref.fullName()));
        return new HeadComparison(repository, otherRefs, without(keys, pullRequests), without(keys, closed));
    }

    private static List<PullRequest> without(Set<String> keys, List<PullRequest> requests) {
        return requests.stream()
                .filter(request -> !keys.contains(SeenHeads.pullRequest(request.number())))
                .toList();
    }

    /** Those that are open, from forks too. */
    List<PullRequest> pullRequests() {
        return pullRequests;
    }

    /** All heads by their keys. */
    Map<String, CommitId> heads() {
        Map<String, CommitId> heads = new LinkedHashMap<>();
        refs.forEach((ref, commit) -> heads.put(ref.fullName(), commit));
        pullRequests.forEach(request -> heads.put(SeenHeads.head(request), request.head()));
        return heads;
    }

    /**
     * The events that would have told the difference.
     *
     * @param whole whether a head that wasn't seen is new; otherwise it may as well have been there before
     */
    List<Event> news(Map<String, CommitId> seen, boolean whole) {
        List<Event> news = new ArrayList<>();
        refs.forEach((ref, commit) -> {
            if (isNews(seen.get(ref.fullName()), commit, whole)) {
                news.add(pushed(ref, commit, Optional.ofNullable(seen.get(ref.fullName()))));
            }
        });
        for (PullRequest request : pullRequests) {
            change(request, seen, whole)
                    .ifPresent(change -> news.add(new Event.PullRequestChanged(repository, request, change)));
        }
        closed.forEach(request -> news.add(new Event.PullRequestChanged(repository, request, Change.CLOSED)));
        seen.forEach((key, commit) -> {
            if (key.startsWith("refs/") && !refs.containsKey(new GitRef(key))) {
                news.add(new Event.RefDeleted(repository, new GitRef(key), commit));
            }
        });
        return news;
    }

    /** That one became a draft is none: there is nothing new to build. */
    private static Optional<Change> change(PullRequest request, Map<String, CommitId> seen, boolean whole) {
        String key = SeenHeads.head(request);
        CommitId asOther = SeenHeads.other(key).map(seen::get).orElse(null);
        CommitId before = seen.getOrDefault(key, asOther);
        if (isNews(before, request.head(), whole)) {
            return Optional.of(before == null ? Change.OPENED : Change.UPDATED);
        }
        boolean ready = asOther != null && !seen.containsKey(key) && !request.draft();
        return ready ? Optional.of(Change.READY) : Optional.empty();
    }

    private static boolean isNews(CommitId before, CommitId now, boolean whole) {
        return before == null ? whole : !now.isSameAs(before);
    }

    private Event pushed(GitRef ref, CommitId commit, Optional<CommitId> before) {
        return ref.isTag()
                ? new Event.TagPushed(repository, ref, commit, Optional.empty())
                : new Event.BranchPushed(
                        repository, ref, commit, Optional.empty(), Optional.empty(), before, Optional.empty());
    }
}

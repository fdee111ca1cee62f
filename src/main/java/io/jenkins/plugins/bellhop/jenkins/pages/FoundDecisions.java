package io.jenkins.plugins.bellhop.jenkins.pages;

import java.util.List;

/** One page of what a search found, with what the search's form shows. */
public final class FoundDecisions {

    private final Search search;
    private final List<DecisionRow> rows;
    private final boolean more;

    FoundDecisions(Search search, List<DecisionRow> rows, boolean more) {
        this.search = search;
        this.rows = List.copyOf(rows);
        this.more = more;
    }

    public List<DecisionRow> getRows() {
        return rows;
    }

    public String getText() {
        return search.text();
    }

    public String getOutcome() {
        return search.outcome();
    }

    public String getFrom() {
        return search.from();
    }

    public String getUntil() {
        return search.until();
    }

    public int getPage() {
        return search.page();
    }

    public boolean isFirst() {
        return search.page() == 1;
    }

    public boolean isMore() {
        return more;
    }

    public String getNewer() {
        return search.linkTo(search.page() - 1);
    }

    public String getOlder() {
        return search.linkTo(search.page() + 1);
    }
}

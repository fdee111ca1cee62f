package io.jenkins.plugins.bellhop.jenkins.pages;

import io.jenkins.plugins.bellhop.connect.Finding;

/** One finding as the page shows it. */
public final class FindingRow {

    private final Finding finding;

    FindingRow(Finding finding) {
        this.finding = finding;
    }

    public String getSentence() {
        return finding.sentence();
    }

    public String getCure() {
        return finding.cure();
    }

    public boolean isAdvice() {
        return finding.isAdvice();
    }
}

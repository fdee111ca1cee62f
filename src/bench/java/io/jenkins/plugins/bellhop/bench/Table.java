package io.jenkins.plugins.bellhop.bench;

import java.util.Locale;

/** The figures as a table of Markdown, which is readable as it is. */
final class Table {

    private final StringBuilder rows =
            new StringBuilder("\n| what | figure | floor | figure ÷ floor |\n|---|---|---|---|\n");

    void ratio(String what, String figure, String floor, double ratio) {
        row(what, figure, floor, format("%.2f", ratio));
    }

    void row(String what, String figure, String floor, String ratio) {
        rows.append("| ")
                .append(what)
                .append(" | ")
                .append(figure)
                .append(" | ")
                .append(floor)
                .append(" | ");
        rows.append(ratio).append(" |\n");
    }

    void figure(String what, String figure) {
        row(what, figure, "", "");
    }

    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    /** With the unit that suits it. */
    static String time(double nanoseconds) {
        if (nanoseconds < 10_000) {
            return format("%.0f ns", nanoseconds);
        }
        if (nanoseconds < 10_000_000) {
            return format("%.0f µs", nanoseconds / 1_000);
        }
        return nanoseconds < 10_000_000_000.0
                ? format("%.0f ms", nanoseconds / 1_000_000)
                : format("%.1f s", nanoseconds / 1_000_000_000);
    }

    @Override
    public String toString() {
        return rows.toString();
    }
}

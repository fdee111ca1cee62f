package io.jenkins.plugins.bellhop.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation, as far as tests ask: its headings, links, bold and code, tables and snippets. */
public final class Page {

    private static final Pattern SNIPPET = Pattern.compile("(?ms)^( *)```(\\w*)\\n(.*?)^ *```$");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
    private static final Pattern BOLD = Pattern.compile("\\*\\*([^*\\n]+)\\*\\*");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern ROW = Pattern.compile("(?m)^ *\\|(.+)\\|$");

    private final Path path;
    private final String text;

    private Page(Path path) {
        this.path = path;
        try {
            this.text = Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param path from the project's root */
    public static Page at(String path) {
        return new Page(Path.of(path));
    }

    /** All of them. */
    public static List<Page> all() {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(
                            Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
                                    .map(Path::of),
                            docs.filter(file -> file.toString().endsWith(".md")).sorted())
                    .map(Page::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A fenced piece of code.
     *
     * @param language behind the fence; empty if there is none
     */
    public record Snippet(String page, String language, String text) {

        /** Short enough for a test's name. */
        @Override
        public String toString() {
            return page + ": " + text.lines().findFirst().orElse("");
        }
    }

    public List<Snippet> snippets() {
        return SNIPPET.matcher(text)
                .results()
                .map(found -> new Snippet(path.toString(), found.group(2), found.group(3)))
                .toList();
    }

    List<String> links() {
        return groups(LINK, prose());
    }

    /** A link within the project, as a path from its root. */
    Path resolved(String link) {
        return path.resolveSibling(link).normalize();
    }

    /** The anchors that forges give to headings. */
    List<String> anchors() {
        return groups(HEADING, prose()).stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** What stands in bold, which is how labels of forms and pages are written. */
    List<String> labels() {
        return groups(BOLD, prose());
    }

    /** Rows of the tables beneath a heading, without those of the tables' heads. */
    public List<Row> rows(String heading) {
        return rowsIn(section(heading));
    }

    List<Row> rows() {
        return rowsIn(prose());
    }

    private static List<Row> rowsIn(String section) {
        List<Row> rows = groups(ROW, section).stream().map(Row::of).toList();
        return Stream.iterate(0, at -> at < rows.size(), at -> at + 1)
                .filter(at -> !rows.get(at).isLine())
                .filter(at -> at + 1 == rows.size() || !rows.get(at + 1).isLine())
                .map(rows::get)
                .toList();
    }

    private String section(String heading) {
        Matcher found = Pattern.compile("(?ms)^#+ " + Pattern.quote(heading) + "$(.*?)(?=^#|\\z)")
                .matcher(prose());
        if (!found.find()) {
            throw new IllegalArgumentException("expected a heading \"" + heading + "\" in " + path + ", found none");
        }
        return found.group(1);
    }

    private String prose() {
        return SNIPPET.matcher(text).replaceAll("");
    }

    private static List<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }

    @Override
    public String toString() {
        return path.toString();
    }

    /** A table's row. */
    public record Row(List<String> cells) {

        private static Row of(String line) {
            return new Row(Arrays.stream(line.split("\\|")).map(String::trim).toList());
        }

        private boolean isLine() {
            return cells.stream().allMatch(cell -> cell.matches("-+"));
        }

        public String cell(int index) {
            return index < cells.size() ? cells.get(index) : "";
        }

        /** What stands there as code. */
        public List<String> codeIn(int index) {
            return CODE.matcher(cell(index)).results().map(Row::first).toList();
        }

        private static String first(MatchResult found) {
            return found.group(1);
        }
    }
}

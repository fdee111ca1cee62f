package io.jenkins.plugins.bellhop.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.documentation.Page.Row;
import io.jenkins.plugins.bellhop.documentation.Page.Snippet;
import io.jenkins.plugins.bellhop.sandbox.explain.DryRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A reader finds in Jenkins what the documentation names, word by word. */
class DocumentationTest {

    private static final Path CORE = Path.of("src/main/java/io/jenkins/plugins/bellhop");
    private static final Path VIEWS = Path.of("src/main/resources/io/jenkins/plugins/bellhop/jenkins");

    /** Written for developers: bold is no label there. */
    private static final Set<String> WITHOUT_LABELS = Set.of("docs/performance.md", "CONTRIBUTING.md", "CHANGELOG.md");

    private static final Set<String> LANGUAGES = Set.of("groovy", "yaml", "sh", "json");
    private static final Pattern OF_THE_BUILD = Pattern.compile("(?:exec:java@|-P)(\\w+)");

    static List<Page> pages() {
        return Page.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void linksAndImagesLeadSomewhere(Page page) {
        List<String> within = page.links().stream()
                .filter(link -> !link.startsWith("https://"))
                .toList();

        assertThat(within).allSatisfy(link -> {
            String[] parts = link.split("#", 2);
            Page target = page;
            if (!parts[0].isEmpty()) {
                assertThat(page.resolved(parts[0])).isRegularFile();
            }
            if (parts.length == 2) {
                target = parts[0].isEmpty()
                        ? page
                        : Page.at(page.resolved(parts[0]).toString());
                assertThat(target.anchors()).as("headings of " + target).contains(parts[1]);
            }
        });
    }

    @Test
    void everyPageIsListedInTheReadme() {
        Page readme = Page.at("README.md");
        assertThat(readme.links().stream().map(link -> readme.resolved(link).toString()))
                .containsAll(pages().stream()
                        .map(Page::toString)
                        .filter(name -> !name.equals("README.md"))
                        .toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void labelsAreThoseOfTheProduct(Page page) {
        if (WITHOUT_LABELS.contains(page.toString())) {
            return;
        }
        assertThat(ProductTexts.labels()).containsAll(page.labels());
    }

    @Test
    void messagesAreThoseOfTheProduct() {
        String product = ProductTexts.all();
        List<String> messages = Page.at("docs/troubleshooting.md").rows().stream()
                .flatMap(row -> IntStream.range(0, 2).boxed().flatMap(at -> row.codeIn(at).stream()))
                .filter(code -> code.contains(" "))
                .toList();

        assertThat(messages).hasSizeGreaterThan(80);
        assertThat(messages)
                .allSatisfy(message -> assertThat(ProductTexts.parts(message))
                        .isNotEmpty()
                        .allSatisfy(part -> assertThat(product.contains(part))
                                .as("somewhere in the product: \"%s\"", part)
                                .isTrue()));
    }

    @Test
    void tableOfRulesIsInTheOrderOfTheDeciderAndInTheRulesOwnWords() {
        List<String> rules = Pattern.compile("new (\\w+Rule)\\(")
                .matcher(ProductTexts.read(CORE.resolve("decide/Decider.java")))
                .results()
                .map(found -> found.group(1))
                .toList();
        List<Row> rows = Page.at("docs/what-builds.md").rows("The rules");

        assertThat(rows).hasSameSizeAs(rules);
        for (int i = 0; i < rules.size(); i++) {
            String source = ProductTexts.literals(CORE.resolve("decide/" + rules.get(i) + ".java"));
            assertThat(rows.get(i).cell(0)).isEqualTo(Integer.toString(i + 1));
            assertThat(rows.get(i).codeIn(3))
                    .as(rules.get(i))
                    .singleElement()
                    .satisfies(sentence -> assertThat(ProductTexts.parts(sentence))
                            .isNotEmpty()
                            .allSatisfy(part -> assertThat(source).contains(part)));
        }
    }

    @Test
    void settingsAreThoseOfTheFormWithTheirLabels() {
        String form = ProductTexts.read(VIEWS.resolve("connection/RepositoryConnection/config-details.jelly"));
        Map<String, String> labels = new TreeMap<>();
        Pattern.compile("<f:entry title=\"\\$\\{%([^}]+)}\" field=\"(\\w+)\"")
                .matcher(form)
                .results()
                .forEach(found -> labels.put(found.group(2), found.group(1)));
        Pattern.compile("<f:entry field=\"(\\w+)\">\\s*<f:checkbox title=\"\\$\\{%([^}]+)}\"")
                .matcher(form)
                .results()
                .forEach(found -> labels.put(found.group(1), found.group(2)));

        assertThat(Page.at("docs/as-code.md").rows("Names").stream()
                        .collect(Collectors.toMap(
                                row -> row.codeIn(0).get(0), row -> row.cell(1).replace("**", ""))))
                .isEqualTo(labels);
    }

    @Test
    void packagesAreThoseOfTheSources() {
        List<String> packages = ProductTexts.files(CORE, "package-info.java")
                .map(file -> CORE.relativize(file.getParent()).toString().replace('/', '.'))
                .toList();

        assertThat(Page.at("docs/architecture.md").rows("Packages").stream().flatMap(row -> row.codeIn(0).stream()))
                .containsExactlyInAnyOrderElementsOf(packages);
        assertThat(Page.at("docs/architecture.md").rows("Packages").stream().flatMap(row -> row.codeIn(2).stream()))
                .allSatisfy(name -> assertThat(ProductTexts.files(CORE, "/" + name + ".java"))
                        .as(name)
                        .isNotEmpty());
    }

    /** Those for Jenkins and for Jenkins' Configuration as Code run in a real Jenkins, by their language. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void snippetsSayTheirLanguage(Page page) {
        assertThat(page.snippets())
                .allSatisfy(snippet -> assertThat(snippet.language()).isIn(LANGUAGES));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void commandsNameWhatTheBuildHas(Page page) {
        String build = ProductTexts.read(Path.of("pom.xml"));
        assertThat(page.snippets().stream()
                        .filter(snippet -> snippet.language().equals("sh"))
                        .flatMap(snippet -> OF_THE_BUILD.matcher(snippet.text()).results())
                        .map(found -> "<id>" + found.group(1) + "</id>"))
                .allSatisfy(id -> assertThat(build).contains(id));
    }

    @Test
    void recordedCaseIsExplained(@TempDir Path directory) throws IOException {
        Path cases = directory.resolve("cases.jsonl");
        Path results = directory.resolve("results.jsonl");
        Files.copy(
                Path.of("src/test/resources/io/jenkins/plugins/bellhop/forge/github/push/to-default-branch.json"),
                directory.resolve("push.json"));
        Files.writeString(cases, only("docs/what-builds.md", "json").text());

        DryRun.run(cases, results);

        assertThat(Files.readString(results)).contains("Built: ", "\"error\":null");
    }

    private static Snippet only(String page, String language) {
        Function<Snippet, Boolean> wanted = snippet -> snippet.language().equals(language);
        List<Snippet> found =
                Page.at(page).snippets().stream().filter(wanted::apply).toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}

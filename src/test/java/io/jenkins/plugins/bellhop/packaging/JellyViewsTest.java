package io.jenkins.plugins.bellhop.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The default build compiles no view, so that a broken one would first be seen by an administrator. */
class JellyViewsTest {

    private static final String OUR_PAGES = "/plugin/bellhop/";

    static List<JellyView> views() throws IOException {
        return JellyView.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("views")
    void escapesByDefault(JellyView view) {
        assertThat(view.escapesByDefault()).as(view.toString()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("views")
    void holdsNoInlineScript(JellyView view) {
        assertThat(view.inlineScripts()).as(view.toString()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("views")
    void findsItsMessages(JellyView view) throws IOException {
        assertThat(view.messages().stringPropertyNames())
                .as(view.toString())
                .containsAll(view.messageKeys().toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("views")
    void holdsNoTextThatJenkinsTakesForACall(JellyView view) {
        assertThat(view.textsTakenForCalls()).as(view.toString()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("views")
    void findsTheHelpPagesThatItNames(JellyView view) {
        assertThat(view.helpPages()).as(view.toString()).allSatisfy(page -> {
            assertThat(page).startsWith(OUR_PAGES);
            assertThat(Path.of("src/main/webapp", page.substring(OUR_PAGES.length())))
                    .exists();
        });
    }

    /** Skipped with the list of what is missing, for as long as help on every field isn't promised. */
    @Test
    void everyFieldHasHelp() throws IOException {
        List<String> missing = views().stream()
                .flatMap(view -> view.fields()
                        .filter(field -> !view.sibling("help-" + field + ".html")
                                .toFile()
                                .exists())
                        .map(field -> view + ": " + field))
                .toList();
        assumeTrue(missing.isEmpty(), () -> "No help for " + missing);
    }
}

package io.jenkins.plugins.bellhop.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The default build compiles no view, so that a broken one would first be seen by an administrator. */
class JellyViewsTest {

    private static final String OUR_PAGES = "/plugin/bellhop/";
    private static final Pattern OTHERS_HELP = Pattern.compile("/descriptor/([\\w.]+)/help/(\\w+)");

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
        assertThat(view.helpPages())
                .as(view.toString())
                .allSatisfy(page -> assertThat(helpFile(page)).exists());
    }

    @Test
    void everyFieldHasHelp() throws IOException {
        List<String> missing = views().stream()
                .flatMap(view -> view.fieldsWithoutHelpPage()
                        .filter(field -> !view.sibling("help-" + field + ".html")
                                .toFile()
                                .exists())
                        .map(field -> view + ": " + field))
                .toList();
        assertThat(missing).isEmpty();
    }

    /** Of the plugin's own pages, or another describable's help for its field of the same meaning. */
    private static Path helpFile(String page) {
        Matcher field = OTHERS_HELP.matcher(page);
        if (field.matches()) {
            return Path.of("src/main/resources", field.group(1).replace('.', '/'), "help-" + field.group(2) + ".html");
        }
        assertThat(page).startsWith(OUR_PAGES);
        return Path.of("src/main/webapp", page.substring(OUR_PAGES.length()));
    }
}

package io.jenkins.plugins.bellhop.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks into the archive as Jenkins will: whatever is missing there goes unnoticed until a feature is silently absent. */
class PluginArchiveIT {

    private final PluginArchive archive = PluginArchive.underTest();

    @Test
    void theJarHasTheManifestOfTheArchive() {
        // Core's class filter looks for Short-Name and Plugin-Version in the manifest of the very jar that holds a
        // class.
        assertThat(archive.jarManifest()).isEqualTo(archive.manifest());
        assertThat(archive.jarManifest().getValue("Short-Name")).isEqualTo("bellhop");
        assertThat(archive.jarManifest().getValue("Plugin-Version")).isNotBlank();
    }

    @Test
    void noManifestEntryWasLeftUnfiltered() {
        assertThat(archive.manifest().values())
                .noneMatch(value -> value.toString().contains("${"));
    }

    @Test
    void nothingIsBundled() {
        assertThat(archive.names())
                .filteredOn(name -> name.endsWith(".jar"))
                .containsExactly("WEB-INF/lib/bellhop.jar");
    }

    @Test
    void onlyOurOwnClassesAreInTheJar() {
        assertThat(archive.classes().keySet())
                .isNotEmpty()
                .allMatch(name -> name.startsWith("io/jenkins/plugins/bellhop/"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"hudson.Extension", "org.jenkinsci.plugins.variant.OptionalExtension"})
    void theIndexNamesExactlyWhatBearsTheAnnotation(String annotation) {
        assertThat(archive.indexed(annotation))
                .isEqualTo(
                        AnnotatedElements.bearing(annotation, archive.classes().values()));
    }

    @Test
    void theSymbolIndexNamesExactlyTheClassesThatBearASymbol() {
        Set<String> bearing = AnnotatedElements.bearing(
                "org.jenkinsci.Symbol", archive.classes().values());
        assertThat(archive.symbols()).isEqualTo(bearing);
    }

    @Test
    void theDescriptionForThePluginManagerIsThere() {
        assertThat(archive.jar()).containsKey("index.jelly");
    }
}

package io.jenkins.plugins.bellhop.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;

/** Jenkinsfiles, Job DSL and YAML name what they set by its symbol; without one they would have to name our classes. */
class SymbolsTest {

    private static final Path OURS = Path.of("target/classes/io/jenkins/plugins/bellhop/jenkins");

    private static final String DESCRIPTOR = "hudson.model.Descriptor";

    /** Has a name of its own, its function's. */
    private static final String STEP = "org.jenkinsci.plugins.workflow.steps.StepDescriptor";

    /** Nobody sets it: Jenkins' credentials have it among their providers. */
    private static final Set<String> SET_BY_NOBODY =
            Set.of("io.jenkins.plugins.bellhop.jenkins.credentials.DeployKeyProvider");

    @Test
    void everythingThatPeopleSetHasOne() throws IOException {
        List<byte[]> classes = classes();
        Set<String> settable = new TreeSet<>(AnnotatedElements.bearing("hudson.Extension", classes));
        settable.addAll(AnnotatedElements.bearing("org.jenkinsci.plugins.variant.OptionalExtension", classes));
        settable.removeIf(name -> !extendsType(name, DESCRIPTOR) || extendsType(name, STEP));
        settable.removeAll(SET_BY_NOBODY);

        assertThat(settable).hasSizeGreaterThan(5);
        assertThat(AnnotatedElements.bearing("org.jenkinsci.Symbol", classes))
                .containsExactlyInAnyOrderElementsOf(settable);
    }

    private static boolean extendsType(String name, String supertype) {
        ClassFiles files = ClassFiles.onClassPath();
        return files.find(name.replace('.', '/')).map(files::hierarchyOf).stream()
                .flatMap(List::stream)
                .map((ClassNode type) -> Type.getObjectType(type.name).getClassName())
                .anyMatch(supertype::equals);
    }

    private static List<byte[]> classes() throws IOException {
        try (Stream<Path> files = Files.walk(OURS)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(SymbolsTest::bytes)
                    .toList();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.jenkins.plugins.bellhop.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.event.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.tree.ClassNode;

/** Compares the signatures that the default build compiles against with the classes of a real Jenkins. */
class SignatureTest {

    private final ClassFiles reality = ClassFiles.onClassPath();

    private ClassFiles signatures;
    private List<ClassNode> types;

    @TempDir
    private Path output;

    @BeforeEach
    void compileSignatures() throws IOException {
        signatures = Compilation.of(SignatureSources.files(), output);
        types = classesIn(output);
    }

    @Test
    void everySignatureIsKeptByTheRealClass() throws IOException {
        SignatureComparison comparison = new SignatureComparison(reality);
        types.forEach(comparison::compare);
        assertThat(comparison.differences()).isEmpty();
        if (System.getProperty("bellhop.verified.write") != null) {
            Files.write(SignatureSources.VERIFIED, record());
        }
    }

    @Test
    void whatWeExtendOrImplementLeavesNoAbstractMethodOut() throws IOException, URISyntaxException {
        Set<String> missing = new TreeSet<>();
        for (ClassNode ours : classesIn(ourClasses())) {
            Obligations.takenOnBy(ours)
                    .flatMap(name -> types.stream().filter(type -> type.name.equals(name)))
                    .forEach(type -> missing.addAll(leftOutOf(type)));
        }
        assertThat(missing).isEmpty();
    }

    private static Path ourClasses() throws URISyntaxException {
        return Path.of(
                Event.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private Collection<String> leftOutOf(ClassNode type) {
        Set<String> methods = Obligations.of(reality.find(type.name).orElseThrow(), reality);
        methods.removeAll(Obligations.known(type, signatures));
        return methods.stream().map(method -> type.name + "#" + method).toList();
    }

    private List<String> record() throws IOException {
        Stream<String> jars = types.stream()
                .map(type -> reality.locationOf(type.name))
                .map(SignatureTest::jarName)
                .distinct()
                .sorted();
        return Stream.concat(
                        Stream.of(
                                "# Written by SignatureTest: README.md in this folder says how.",
                                SignatureSources.digest()),
                        jars.map(jar -> "compared with " + jar))
                .toList();
    }

    /** {@code jar:file:/…/git-5.7.0.jar!/hudson/…} */
    private static String jarName(URL location) {
        return location.getPath().replaceFirst("!.*", "").replaceFirst(".*/", "");
    }

    private static List<ClassNode> classesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .map(SignatureTest::read)
                    .toList();
        }
    }

    private static ClassNode read(Path file) {
        try {
            return ClassFiles.read(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

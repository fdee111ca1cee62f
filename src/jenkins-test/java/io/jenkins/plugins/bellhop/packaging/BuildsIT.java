package io.jenkins.plugins.bellhop.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.VersionNumber;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;

/** The archive of the default build beside the one that the Jenkins project's own tools made of the same sources. */
class BuildsIT {

    private static final Path DEFAULT = Path.of("target/bellhop.hpi");

    private static PluginArchive ours;
    private static PluginArchive theirs;

    @BeforeAll
    static void readBoth() {
        assertThat(DEFAULT)
                .as("the archive of the default build: run mvn package first")
                .exists();
        ours = PluginArchive.read(DEFAULT);
        theirs = PluginArchive.underTest();
    }

    @Test
    void theSameClassesWithTheSamePublicMembers() {
        assertSame(publicMembers(ours), publicMembers(theirs));
    }

    @Test
    void theSameResources() {
        assertSame(resources(ours), resources(theirs));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hudson.Extension", "org.jenkinsci.plugins.variant.OptionalExtension"})
    void theSameExtensions(String annotation) {
        assertThat(ours.indexed(annotation)).isEqualTo(theirs.indexed(annotation));
    }

    @Test
    void theSameSymbols() {
        assertThat(ours.symbols()).isEqualTo(theirs.symbols());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Short-Name",
                "Long-Name",
                "Group-Id",
                "Artifact-Id",
                "Url",
                "Plugin-Class",
                "Plugin-Developers",
                "Plugin-License-Name",
                "Plugin-License-Url",
                "Support-Dynamic-Loading"
            })
    void theSameManifestEntry(String name) {
        assertThat(ours.manifest().getValue(name)).isEqualTo(theirs.manifest().getValue(name));
    }

    @Test
    void theSameDependenciesMandatoryAndOptional() {
        Map<String, PluginDependency> floors = dependencies(ours);
        Map<String, PluginDependency> built = dependencies(theirs);
        assertThat(floors.keySet()).isEqualTo(built.keySet());
        assertThat(floors.values())
                .allSatisfy(floor -> assertThat(floor.isOptional())
                        .as(floor.name())
                        .isEqualTo(built.get(floor.name()).isOptional()));
    }

    /** Else the default archive refuses to load beside the plugins that it was tested with. */
    @Test
    void noFloorIsAboveTheVersionThatWeTestWith() {
        Map<String, PluginDependency> built = dependencies(theirs);
        assertThat(dependencies(ours).values())
                .allSatisfy(floor -> assertThat(new VersionNumber(floor.version()))
                        .as(floor.name())
                        .isLessThanOrEqualTo(
                                new VersionNumber(built.get(floor.name()).version())));
    }

    /** The baseline may be raised on the command line, to test with a newer Jenkins. */
    @Test
    void theDefaultArchiveAsksForNoNewerJenkins() {
        assertThat(jenkinsVersion(ours)).isLessThanOrEqualTo(jenkinsVersion(theirs));
    }

    private static VersionNumber jenkinsVersion(PluginArchive archive) {
        return new VersionNumber(archive.manifest().getValue("Jenkins-Version"));
    }

    private static Map<String, PluginDependency> dependencies(PluginArchive archive) {
        return PluginDependency.parse(archive.manifest().getValue("Plugin-Dependencies"));
    }

    /** Names what differs and not everything that doesn't. */
    private static void assertSame(Set<String> ours, Set<String> theirs) {
        assertThat(without(ours, theirs)).as("in the default build only").isEmpty();
        assertThat(without(theirs, ours)).as("in the conventional build only").isEmpty();
    }

    private static Set<String> without(Set<String> names, Set<String> others) {
        Set<String> rest = new TreeSet<>(names);
        rest.removeAll(others);
        return rest;
    }

    /** Without what a compiler adds for itself: that differs from one JDK to the next. */
    private static Set<String> publicMembers(PluginArchive archive) {
        return archive.classes().values().stream()
                .map(ClassFiles::read)
                .filter(type -> !isSynthetic(type.access))
                .flatMap(BuildsIT::publicMembers)
                .collect(Collectors.toSet());
    }

    /** The class itself too, for one that has no public member. */
    private static Stream<String> publicMembers(ClassNode type) {
        Stream<String> fields = type.fields.stream()
                .filter(field -> isPromised(field.access))
                .map(field -> field.name + " " + field.desc);
        Stream<String> methods = type.methods.stream()
                .filter(method -> isPromised(method.access))
                .map(method -> method.name + method.desc);
        return Stream.concat(Stream.of(""), Stream.concat(fields, methods)).map(member -> type.name + "#" + member);
    }

    private static boolean isPromised(int access) {
        return (access & Opcodes.ACC_PUBLIC) != 0 && !isSynthetic(access);
    }

    private static boolean isSynthetic(int access) {
        return (access & Opcodes.ACC_SYNTHETIC) != 0;
    }

    /** Without the indexes, and what only one of the tools writes: coordinates, licences, names for data binding. */
    private static Set<String> resources(PluginArchive archive) {
        Set<String> names = new TreeSet<>(archive.jar().keySet());
        names.removeIf(name -> name.endsWith(".class")
                || name.endsWith(".stapler")
                || name.equals("META-INF/exposed.stapler-beans")
                || name.startsWith("META-INF/maven/")
                || name.startsWith("META-INF/annotations/")
                || name.startsWith("META-INF/services/annotations/"));
        archive.names().stream()
                .filter(name -> !name.startsWith("META-INF/") && !name.startsWith("WEB-INF/"))
                .forEach(names::add);
        return names;
    }
}

package io.jenkins.plugins.bellhop;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.core.domain.JavaModifier.TRANSIENT;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The package table of the architecture, and the rules that Jenkins imposes, as tests. */
class ArchitectureTest {

    private static final String ROOT = "io.jenkins.plugins.bellhop";

    /** Which of our packages each pure package may import. */
    private static final Map<String, Set<String>> PURE = Map.of(
            "event", Set.of(),
            "delivery", Set.of(),
            "forge", Set.of("delivery", "event"),
            "decide", Set.of("event"),
            "key", Set.of("event"),
            "connect", Set.of("delivery", "event", "forge", "key"),
            "flow", Set.of("connect", "decide", "delivery", "event", "forge", "key"),
            "moving", Set.of("decide", "event"));

    private static final String[] JENKINS = {
        "hudson..", "jenkins..", "org.kohsuke..", "com.cloudbees..", "org.jenkinsci..", "org.jvnet.."
    };

    // By folder and not by ArchUnit's own option, which takes target/jenkins/test-classes for production classes.
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages(ROOT);

    static Stream<String> purePackages() {
        return PURE.keySet().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("purePackages")
    void aPurePackageImportsOnlyWhatItsRowOfTheTableAllows(String name) {
        Stream<String> libraries = Stream.of("java..", "javax.crypto..", "javax.net..", "com.fasterxml.jackson..");
        Stream<String> ours =
                Stream.concat(Stream.of(name), PURE.get(name).stream()).map(ArchitectureTest::withSubpackages);
        Stream<String> sshd = Stream.of("org.apache.sshd.common..").filter(sshdIn -> name.equals("key"));
        String[] allowed =
                Stream.of(libraries, ours, sshd).flatMap(packages -> packages).toArray(String[]::new);
        check(classes()
                .that()
                .resideInAPackage(withSubpackages(name))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed));
    }

    @Test
    void everyClassIsInAPackageOfTheTable() {
        String[] packages = Stream.concat(purePackages(), Stream.of("jenkins"))
                .map(ArchitectureTest::withSubpackages)
                .toArray(String[]::new);
        check(classes().should().resideInAnyPackage(packages));
    }

    @Test
    void onlyTheGlueImportsJenkins() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(withSubpackages("jenkins"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(JENKINS));
    }

    @Test
    void nothingImportsTheGlue() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(withSubpackages("jenkins"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(withSubpackages("jenkins")));
    }

    @Test
    void purePackagesAreFreeOfCycles() {
        DescribedPredicate<JavaClass> glue = resideInAPackage(withSubpackages("jenkins"));
        check(slices().matching(ROOT + ".(*)..")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(glue, DescribedPredicate.alwaysTrue())
                .ignoreDependency(DescribedPredicate.alwaysTrue(), glue));
    }

    @Test
    void onlyWiringLooksThingsUpInJenkins() {
        DescribedPredicate<JavaClass> wiring =
                belongTo(describe("Wiring", type -> type.getFullName().equals(ROOT + ".jenkins.Wiring")));
        // Accesses and not calls, so that Jenkins::get counts.
        check(noClasses()
                .that(not(wiring))
                .should(ArchConditions.accessTargetWhere(
                        describe("a look-up in Jenkins", ArchitectureTest::isLookUp))));
    }

    @Test
    void nothingNeedsAnIndexThatTheDefaultBuildDoesNotWrite() {
        check(noMethods().should().beAnnotatedWith("hudson.init.Initializer"));
        check(noMethods().should().beAnnotatedWith("hudson.init.Terminator"));
        check(noMethods().should().beAnnotatedWith("hudson.cli.declarative.CLIMethod"));
    }

    @Test
    void optionalDependenciesDoNotUseTheExtensionAnnotation() {
        DescribedPredicate<JavaAnnotation<?>> optional = describe(
                "@Extension(optional = true)",
                annotation -> annotation.getRawType().getFullName().equals("hudson.Extension")
                        && annotation
                                .get("optional")
                                .filter(Boolean.TRUE::equals)
                                .isPresent());
        check(noClasses().should().beAnnotatedWith(optional));
        check(members().should().notBeAnnotatedWith(optional));
    }

    @Test
    void namesSayWhatAThingIs() {
        DescribedPredicate<JavaClass> descriptor = describe(
                "Jenkins' own name for a nested descriptor",
                type -> type.isNestedClass() && type.getSimpleName().equals("DescriptorImpl"));
        for (String ending : Set.of("Util", "Utils", "Helper", "Manager", "Impl")) {
            check(noClasses().that(not(descriptor)).should().haveSimpleNameEndingWith(ending));
        }
        check(noClasses().should().haveSimpleNameStartingWith("Abstract"));
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        // Sources, because javac writes no class file for a package-info without annotations.
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")).map(Path::getParent))
                    .allSatisfy(folder ->
                            assertThat(folder.resolve("package-info.java")).exists());
        }
    }

    /** XStream, as Jenkins ships it, can't read records back. */
    @Test
    void noRecordIsPersisted() {
        check(noClasses().that(persisted()).should().beRecords());
        DescribedPredicate<JavaField> saved = describe(
                "saved fields",
                field -> persisted().test(field.getOwner())
                        && !field.getModifiers().contains(STATIC)
                        && !field.getModifiers().contains(TRANSIENT));
        DescribedPredicate<JavaField> ofRecords = describe(
                "of records", field -> field.getAllInvolvedRawTypes().stream().anyMatch(JavaClass::isRecord));
        check(noFields().that(saved).should(ArchConditions.be(ofRecords)));
    }

    private static DescribedPredicate<JavaClass> persisted() {
        DescribedPredicate<JavaClass> saved = assignableTo("hudson.model.Describable")
                .or(assignableTo("hudson.model.Saveable"))
                .or(assignableTo("hudson.model.Action"))
                .or(assignableTo("hudson.model.Cause"));
        DescribedPredicate<JavaClass> madeAtEachStart =
                assignableTo("hudson.model.RootAction").or(assignableTo("hudson.model.ManagementLink"));
        return saved.and(not(madeAtEachStart)).and(not(simpleNameEndingWith("DescriptorImpl")));
    }

    private static boolean isLookUp(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getFullName();
        String name = access.getTarget().getName();
        return switch (owner) {
            case "jenkins.model.Jenkins", "hudson.model.Hudson" ->
                Set.of("get", "getExtensionList").contains(name) || name.startsWith("getInstance");
            case "hudson.ExtensionList" -> name.startsWith("lookup");
            default -> false;
        };
    }

    private static String withSubpackages(String name) {
        return ROOT + "." + name + "..";
    }

    /** A package that isn't there yet is no failure. */
    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(OURS);
    }
}

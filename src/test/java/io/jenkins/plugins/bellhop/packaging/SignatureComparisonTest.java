package io.jenkins.plugins.bellhop.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two sources of one class, compiled apart: what the comparison says of the first, taking the second for real. */
class SignatureComparisonTest {

    @TempDir
    Path folder;

    @Test
    void aSignatureMayLeaveMembersAndSupertypesOut() throws IOException {
        assertThat(differences(
                        "public class T { public int a(String s) { return 0; } private T() {} }",
                        "public class T extends java.util.ArrayList<String> { public int a(String s) { return 1; }"
                                + " public void b() {} public static final int C = 1; }"))
                .isEmpty();
    }

    @Test
    void aMemberMayStandInASupertypeOfTheRealClass() throws IOException {
        assertThat(differences(
                        "public class T { private T() {} public int size() { return 0; } }",
                        "public class T extends java.util.ArrayList<String> {}"))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    kind             | class T { T() {} }                                            | final class T { T() {} }
                    kind             | interface T {}                                                | class T { }
                    doesn't exist    | public class T { public void a() {} }                         | public class T { public void b() {} }
                    doesn't exist    | public class T { public void a(int i) {} }                    | public class T { public void a(long i) {} }
                    doesn't exist    | public class T { }                                            | public class T { private T() {} }
                    flags            | public class T { public void a() {} }                         | public class T { public static void a() {} }
                    flags            | public class T { public void a() {} }                         | public class T { public final void a() {} }
                    flags            | public class T { public void a() {} }                         | public class T { @Deprecated public void a() {} }
                    flags            | public abstract class T { public void a() {} }                | public abstract class T { public abstract void a(); }
                    exceptions       | public class T { public void a() {} }                         | public class T { public void a() throws java.io.IOException {} }
                    exceptions       | public class T { public void a() throws java.io.IOException {} } | public class T { public void a() {} }
                    generic type     | public class T { public java.util.List a() { return null; } } | public class T { public java.util.List<String> a() { return null; } }
                    type parameters  | public class T<A> { }                                         | public class T<A extends Comparable<A>> { }
                    supertype        | public abstract class T implements Comparable<String> { }     | public abstract class T implements Comparable<T> { }
                    is no            | public class T implements java.io.Serializable { }            | public class T { }
                    constant         | public class T { public static final int A = 1; }             | public class T { public static final int A = 2; }
                    of this type     | public class T { public int a; }                              | public class T { public long a; }
                    default          | public @interface T { int a(); }                              | public @interface T { int a() default 1; }
                    meta-annotations | public @interface T { }                                       | @java.lang.annotation.Inherited public @interface T { }
                    annotation       | public class T { @Deprecated public int a; }                  | public class T { public int a; }
                    """)
    void tellsWhatDiffers(String difference, String signature, String real) throws IOException {
        assertThat(differences(signature, real))
                .isNotEmpty()
                .anySatisfy(said -> assertThat(said).contains(difference));
    }

    @Test
    void findsAbstractMethodsThatTheSignatureLeavesOut() throws IOException {
        ClassFiles signature = compiled("signature", "public interface T extends Runnable { }");
        ClassFiles real = compiled("real", "public interface T extends Runnable { void a(); default void b() {} }");
        assertThat(Obligations.of(real.find("T").orElseThrow(), real)).containsExactly("a()V", "run()V");
        assertThat(Obligations.known(signature.find("T").orElseThrow(), signature))
                .contains("run()V")
                .doesNotContain("a()V");
    }

    @Test
    void aLambdaTakesOnItsInterface() throws IOException {
        ClassFiles ours = compiled("ours", "class T { Runnable r = () -> {}; }");
        assertThat(Obligations.takenOnBy(ours.find("T").orElseThrow()))
                .containsExactlyInAnyOrder("java/lang/Object", "java/lang/Runnable");
    }

    private List<String> differences(String signature, String real) throws IOException {
        SignatureComparison comparison = new SignatureComparison(compiled("real", real));
        comparison.compare(compiled("signature", signature).find("T").orElseThrow());
        return new ArrayList<>(comparison.differences());
    }

    private ClassFiles compiled(String name, String source) throws IOException {
        Path file = Files.createDirectories(folder.resolve(name)).resolve("T.java");
        Files.writeString(file, source);
        return Compilation.of(List.of(file), folder.resolve(name));
    }
}

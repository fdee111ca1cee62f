package io.jenkins.plugins.bellhop.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.packaging.WebMethods.WebMethod;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.objectweb.asm.tree.ClassNode;

/** Stapler makes a URL of every {@code do*} method; forms call {@code doCheck*} and {@code doFill*} while people type. */
class WebMethodsTest {

    private static final Path OURS = Path.of("target/classes/io/jenkins/plugins/bellhop/jenkins");

    /** Methods that strangers may call, or with GET, each with its reason. */
    private static final Map<String, String> FOR_EVERYBODY = Map.of(
            "WebhookEndpoint.doHook", "a forge has no account here; its signature is checked, and POST by itself");

    @Test
    void everyOneOfOursTakesPostAloneAndChecksAPermission() throws IOException {
        WebMethods methods = WebMethods.in(OURS);

        assertThat(methods.all()).extracting(WebMethod::toString).containsAll(FOR_EVERYBODY.keySet());
        assertThat(methods.all())
                .hasSizeGreaterThan(FOR_EVERYBODY.size())
                .filteredOn(method -> !FOR_EVERYBODY.containsKey(method.toString()))
                .allMatch(WebMethod::isPost, "takes POST alone")
                .allMatch(methods::checksPermission, "checks a permission");
    }

    @Test
    void findsThoseThatDoNot() {
        WebMethods methods = WebMethods.of(List.of(classFile(Forms.class), classFile(Deeper.class)));

        assertThat(methods.all())
                .extracting(method -> method.method().name)
                .containsExactlyInAnyOrder("doNothing", "doCheckName", "doFill", "jsSave");
        assertThat(named(methods, "doNothing"))
                .noneMatch(methods::checksPermission)
                .noneMatch(WebMethod::isPost);
        assertThat(named(methods, "doCheckName")).allMatch(methods::checksPermission);
        assertThat(named(methods, "doFill"))
                .noneMatch(methods::checksPermission)
                .allMatch(WebMethod::isPost);
    }

    private static ClassNode classFile(Class<?> type) {
        return ClassFiles.onClassPath().find(type.getName().replace('.', '/')).orElseThrow();
    }

    private static List<WebMethod> named(WebMethods methods, String name) {
        return methods.all().stream()
                .filter(method -> method.method().name.equals(name))
                .toList();
    }

    /** As a careless author might write it. */
    static final class Forms {
        public void doNothing() {}

        public void doCheckName() {
            Deeper.ask(() -> Deeper.checkPermission());
        }

        @RequirePOST
        public void doFill() {
            Deeper.harmless();
        }

        public void jsSave() {}

        public void done() {}

        void doHidden() {}
    }

    /** What forms call. */
    static final class Deeper {
        static void ask(Runnable later) {
            later.run();
        }

        static void checkPermission() {}

        static void harmless() {}
    }
}

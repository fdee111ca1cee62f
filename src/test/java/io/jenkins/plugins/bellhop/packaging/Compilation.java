package io.jenkins.plugins.bellhop.packaging;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles sources for a test that looks at their class files. */
final class Compilation {

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    // One for all, because opening the JDK's own classes takes longer than compiling.
    private static final StandardJavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);

    private Compilation() {}

    /** Writes the class files of the given sources and of no others. */
    static ClassFiles of(Collection<Path> sources, Path output) {
        List<String> options = List.of("-d", output.toString(), "-proc:none", "-implicit:none", "-nowarn");
        StringWriter messages = new StringWriter();
        if (!COMPILER.getTask(messages, FILES, null, options, null, FILES.getJavaFileObjectsFromPaths(sources))
                .call()) {
            throw new IllegalArgumentException(messages.toString());
        }
        return ClassFiles.in(output);
    }
}

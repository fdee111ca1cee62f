package io.jenkins.plugins.bellhop.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/** Classes as bytes. Signatures and real classes have the same names, so they can't be loaded side by side. */
final class ClassFiles {

    private final ClassLoader resources;

    private ClassFiles(ClassLoader resources) {
        this.resources = resources;
    }

    static ClassFiles onClassPath() {
        return new ClassFiles(ClassFiles.class.getClassLoader());
    }

    /** Those of a folder, and nothing else but the JDK's. */
    static ClassFiles in(Path folder) {
        return new ClassFiles(new URLClassLoader(new URL[] {urlOf(folder)}, ClassLoader.getPlatformClassLoader()));
    }

    /** @param name with slashes */
    Optional<ClassNode> find(String name) {
        try (InputStream in = resources.getResourceAsStream(name + ".class")) {
            return in == null ? Optional.empty() : Optional.of(read(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a class was found: the file name of its jar tells its version. */
    URL locationOf(String name) {
        return resources.getResource(name + ".class");
    }

    /** The class itself, its superclasses and all interfaces, as far as they can be found. */
    List<ClassNode> hierarchyOf(ClassNode type) {
        List<ClassNode> hierarchy = new ArrayList<>();
        Deque<ClassNode> pending = new ArrayDeque<>(List.of(type));
        while (!pending.isEmpty()) {
            ClassNode next = pending.removeFirst();
            if (hierarchy.stream().noneMatch(seen -> seen.name.equals(next.name))) {
                hierarchy.add(next);
                supertypesOf(next).flatMap(name -> find(name).stream()).forEach(pending::addLast);
            }
        }
        return hierarchy;
    }

    /** Names of what the class extends or implements itself. */
    static Stream<String> supertypesOf(ClassNode type) {
        return Stream.concat(Stream.ofNullable(type.superName), type.interfaces.stream());
    }

    static ClassNode read(byte[] bytes) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return node;
    }

    private static URL urlOf(Path folder) {
        try {
            return folder.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(folder.toString(), e);
        }
    }
}

package io.jenkins.plugins.bellhop.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** What Stapler lets anybody call over HTTP in the classes of a folder, and what these methods do by themselves. */
final class WebMethods {

    private static final Set<String> CHECKS = Set.of("checkPermission", "hasPermission", "checkAnyPermission");
    private static final String POST = "Lorg/kohsuke/stapler/interceptor/RequirePOST;";

    private final Map<String, ClassNode> classes;

    private WebMethods(Map<String, ClassNode> classes) {
        this.classes = classes;
    }

    static WebMethods in(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return of(files.filter(file -> file.toString().endsWith(".class"))
                    .map(WebMethods::read)
                    .toList());
        }
    }

    static WebMethods of(List<ClassNode> types) {
        return new WebMethods(types.stream().collect(Collectors.toMap(type -> type.name, type -> type)));
    }

    /** One such method. */
    record WebMethod(ClassNode type, MethodNode method) {

        boolean isPost() {
            return method.visibleAnnotations != null
                    && method.visibleAnnotations.stream().anyMatch(annotation -> annotation.desc.equals(POST));
        }

        @Override
        public String toString() {
            return type.name.substring(type.name.lastIndexOf('/') + 1).replace('$', '.') + "." + method.name;
        }
    }

    List<WebMethod> all() {
        return classes.values().stream()
                .flatMap(type ->
                        type.methods.stream().filter(WebMethods::isRouted).map(method -> new WebMethod(type, method)))
                .toList();
    }

    /** By name, and what JavaScript proxies and annotations open. */
    private static boolean isRouted(MethodNode method) {
        boolean byName = method.name.matches("(do|js)[A-Z].*");
        boolean byAnnotation = method.visibleAnnotations != null
                && method.visibleAnnotations.stream()
                        .anyMatch(annotation ->
                                annotation.desc.matches("Lorg/kohsuke/stapler/(WebMethod|bind/JavaScriptMethod);"));
        return (method.access & Opcodes.ACC_PUBLIC) != 0
                && (method.access & Opcodes.ACC_SYNTHETIC) == 0
                && (byName || byAnnotation);
    }

    /** Whether the method, or one of ours that it calls, asks for a permission. */
    boolean checksPermission(WebMethod web) {
        Set<String> seen = new HashSet<>();
        Deque<MethodNode> pending = new ArrayDeque<>(List.of(web.method()));
        while (!pending.isEmpty()) {
            for (AbstractInsnNode instruction : pending.removeFirst().instructions) {
                for (Call call : callsOf(instruction)) {
                    if (CHECKS.contains(call.name())) {
                        return true;
                    }
                    if (seen.add(call.toString())) {
                        bodyOf(call).ifPresent(pending::addLast);
                    }
                }
            }
        }
        return false;
    }

    private record Call(String owner, String name, String descriptor) {}

    private static List<Call> callsOf(AbstractInsnNode instruction) {
        if (instruction instanceof MethodInsnNode call) {
            return List.of(new Call(call.owner, call.name, call.desc));
        }
        if (instruction instanceof InvokeDynamicInsnNode lambda) {
            return Stream.of(lambda.bsmArgs)
                    .filter(Handle.class::isInstance)
                    .map(Handle.class::cast)
                    .map(handle -> new Call(handle.getOwner(), handle.getName(), handle.getDesc()))
                    .toList();
        }
        return List.of();
    }

    private Optional<MethodNode> bodyOf(Call call) {
        return Optional.ofNullable(classes.get(call.owner())).stream()
                .flatMap(type -> type.methods.stream())
                .filter(method -> method.name.equals(call.name()) && method.desc.equals(call.descriptor()))
                .findFirst();
    }

    private static ClassNode read(Path file) {
        try {
            return ClassFiles.read(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

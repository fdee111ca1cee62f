package io.jenkins.plugins.bellhop.packaging;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** Finds what bears an annotation in class files: {@code a.B$C}, {@code a.B#field} and {@code a.B#method()}. */
final class AnnotatedElements {

    private final String descriptor;
    private final Set<String> names = new TreeSet<>();

    private AnnotatedElements(String annotation) {
        this.descriptor = "L" + annotation.replace('.', '/') + ";";
    }

    static Set<String> bearing(String annotation, Collection<byte[]> classes) {
        AnnotatedElements found = new AnnotatedElements(annotation);
        for (byte[] bytes : classes) {
            ClassNode node = new ClassNode();
            new ClassReader(bytes).accept(node, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
            found.lookAt(node);
        }
        return found.names;
    }

    private void lookAt(ClassNode node) {
        String name = Type.getObjectType(node.name).getClassName();
        lookAt(node.visibleAnnotations, name);
        lookAt(node.invisibleAnnotations, name);
        for (FieldNode field : node.fields) {
            lookAt(field.visibleAnnotations, name + "#" + field.name);
            lookAt(field.invisibleAnnotations, name + "#" + field.name);
        }
        for (MethodNode method : node.methods) {
            lookAt(method.visibleAnnotations, name + "#" + method.name + "()");
            lookAt(method.invisibleAnnotations, name + "#" + method.name + "()");
        }
    }

    private void lookAt(List<AnnotationNode> annotations, String name) {
        if (annotations != null && annotations.stream().anyMatch(a -> a.desc.equals(descriptor))) {
            names.add(name);
        }
    }
}

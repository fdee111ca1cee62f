package io.jenkins.plugins.bellhop.packaging;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * What a type asks of those who extend it. An abstract method that a signature leaves out is a class of ours that
 * compiles and then throws {@code AbstractMethodError}.
 */
final class Obligations {

    private Obligations() {}

    /** Abstract methods of a type that no supertype implements, as name and descriptor. */
    static Set<String> of(ClassNode type, ClassFiles files) {
        List<ClassNode> hierarchy = files.hierarchyOf(type);
        Set<String> methods = methods(hierarchy, true);
        methods.removeAll(methods(hierarchy, false));
        return methods;
    }

    /** Every method of a type and of its supertypes, as name and descriptor. */
    static Set<String> known(ClassNode type, ClassFiles files) {
        List<ClassNode> hierarchy = files.hierarchyOf(type);
        Set<String> methods = methods(hierarchy, true);
        methods.addAll(methods(hierarchy, false));
        return methods;
    }

    /** Names of the types that a class extends, implements, or makes lambdas of. */
    static Stream<String> takenOnBy(ClassNode type) {
        Stream<String> lambdas = type.methods.stream()
                .flatMap(method -> Stream.of(method.instructions.toArray()))
                .filter(InvokeDynamicInsnNode.class::isInstance)
                .map(instruction -> Type.getReturnType(((InvokeDynamicInsnNode) instruction).desc))
                .filter(made -> made.getSort() == Type.OBJECT)
                .map(Type::getInternalName);
        return Stream.concat(ClassFiles.supertypesOf(type), lambdas);
    }

    private static Set<String> methods(List<ClassNode> types, boolean isAbstract) {
        Set<String> names = new TreeSet<>();
        for (ClassNode type : types) {
            for (MethodNode method : type.methods) {
                if (isAbstract == ((method.access & Opcodes.ACC_ABSTRACT) != 0)) {
                    names.add(method.name + method.desc);
                }
            }
        }
        return names;
    }
}

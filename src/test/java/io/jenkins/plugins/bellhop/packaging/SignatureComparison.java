package io.jenkins.plugins.bellhop.packaging;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InnerClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Says where a signature promises something that the real class doesn't keep. A signature may leave members and
 * supertypes out, but what it has must link and mean the same.
 */
final class SignatureComparison {

    private static final int VISIBLE = Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED;
    private static final int TYPE_FLAGS = Opcodes.ACC_PUBLIC
            | Opcodes.ACC_FINAL
            | Opcodes.ACC_INTERFACE
            | Opcodes.ACC_ABSTRACT
            | Opcodes.ACC_ANNOTATION
            | Opcodes.ACC_ENUM
            | Opcodes.ACC_RECORD
            | Opcodes.ACC_DEPRECATED;
    private static final int NESTED_FLAGS = VISIBLE | Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC;
    private static final int MEMBER_FLAGS = VISIBLE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL | Opcodes.ACC_DEPRECATED;
    private static final int METHOD_FLAGS = MEMBER_FLAGS | Opcodes.ACC_ABSTRACT | Opcodes.ACC_VARARGS;
    private static final int FIELD_FLAGS = MEMBER_FLAGS | Opcodes.ACC_ENUM;

    private final ClassFiles reality;
    private final List<String> differences = new ArrayList<>();

    SignatureComparison(ClassFiles reality) {
        this.reality = reality;
    }

    List<String> differences() {
        return differences;
    }

    void compare(ClassNode signature) {
        Optional<ClassNode> found = reality.find(signature.name);
        if (found.isEmpty()) {
            differences.add(signature.name + " doesn't exist");
            return;
        }
        ClassNode real = found.get();
        List<ClassNode> hierarchy = reality.hierarchyOf(real);
        compareType(signature, real);
        compareSupertypes(signature, real, hierarchy);
        for (FieldNode field : signature.fields) {
            if (isPromised(field.access)) {
                compareField(signature.name + "#" + field.name, field, hierarchy);
            }
        }
        for (MethodNode method : signature.methods) {
            if (isPromised(method.access)) {
                List<ClassNode> holders = method.name.equals("<init>") ? List.of(real) : hierarchy;
                compareMethod(signature.name + "#" + method.name + method.desc, method, holders);
            }
        }
    }

    private void compareType(ClassNode signature, ClassNode real) {
        String where = signature.name;
        same(where, "kind", kindOf(signature), kindOf(real));
        same(where, "nesting", nestingOf(signature), nestingOf(real));
        same(
                where,
                "type parameters",
                GenericDeclaration.of(signature).parameters(),
                GenericDeclaration.of(real).parameters());
        if ((signature.access & Opcodes.ACC_ANNOTATION) != 0) {
            same(
                    where,
                    "meta-annotations",
                    Annotations.meta(signature.visibleAnnotations, signature.invisibleAnnotations),
                    Annotations.meta(real.visibleAnnotations, real.invisibleAnnotations));
        }
        among(
                where,
                "annotation",
                Annotations.of(signature.visibleAnnotations, signature.invisibleAnnotations),
                Annotations.of(real.visibleAnnotations, real.invisibleAnnotations));
        if (isRestricted(real)) {
            differences.add(where + " is @Restricted");
        }
    }

    private void compareSupertypes(ClassNode signature, ClassNode real, List<ClassNode> hierarchy) {
        Map<String, String> direct = GenericDeclaration.of(real).supertypes();
        GenericDeclaration.of(signature).supertypes().forEach((name, spelling) -> {
            if (direct.containsKey(name)) {
                same(signature.name, "supertype", spelling, direct.get(name));
                return;
            }
            if (hierarchy.stream().noneMatch(type -> type.name.equals(name))) {
                differences.add(signature.name + " is no " + name);
            }
        });
    }

    private void compareField(String where, FieldNode field, List<ClassNode> holders) {
        FieldNode real =
                first(holders, type -> type.fields, f -> f.name.equals(field.name) && f.desc.equals(field.desc));
        if (real == null) {
            differences.add(where + " of this type doesn't exist");
            return;
        }
        same(where, "flags", field.access & FIELD_FLAGS, real.access & FIELD_FLAGS);
        same(where, "type", field.signature, real.signature);
        same(where, "constant", field.value, real.value);
        among(
                where,
                "annotation",
                Annotations.of(field.visibleAnnotations, field.invisibleAnnotations),
                Annotations.of(real.visibleAnnotations, real.invisibleAnnotations));
        if (Annotations.restrict(real.visibleAnnotations, real.invisibleAnnotations)) {
            differences.add(where + " is @Restricted");
        }
    }

    private void compareMethod(String where, MethodNode method, List<ClassNode> holders) {
        MethodNode real = first(
                holders,
                type -> type.methods,
                m -> m.name.equals(method.name) && m.desc.equals(method.desc) && isPromised(m.access));
        if (real == null) {
            differences.add(where + " doesn't exist");
            return;
        }
        same(where, "flags", method.access & METHOD_FLAGS, real.access & METHOD_FLAGS);
        same(where, "generic type", method.signature, real.signature);
        same(where, "exceptions", Set.copyOf(method.exceptions), Set.copyOf(real.exceptions));
        same(where, "default", Annotations.text(method.annotationDefault), Annotations.text(real.annotationDefault));
        among(
                where,
                "annotation",
                Annotations.of(method.visibleAnnotations, method.invisibleAnnotations),
                Annotations.of(real.visibleAnnotations, real.invisibleAnnotations));
        if (Annotations.restrict(real.visibleAnnotations, real.invisibleAnnotations)) {
            differences.add(where + " is @Restricted");
        }
    }

    private boolean isRestricted(ClassNode type) {
        if (Annotations.restrict(type.visibleAnnotations, type.invisibleAnnotations)) {
            return true;
        }
        int nesting = type.name.lastIndexOf('$');
        return nesting > 0
                && reality.find(type.name.substring(0, nesting))
                        .filter(this::isRestricted)
                        .isPresent();
    }

    private void same(String where, String what, Object signature, Object real) {
        if (!Objects.equals(signature, real)) {
            differences.add(where + ": " + what + " is " + real + " and not " + signature);
        }
    }

    private void among(String where, String what, Set<String> signature, Set<String> real) {
        Set<String> additional = new HashSet<>(signature);
        additional.removeAll(real);
        additional.forEach(text -> differences.add(where + " has no " + what + " " + text));
    }

    /** Nobody outside can use the rest, so signatures hide constructors with it. */
    private static boolean isPromised(int access) {
        return (access & VISIBLE) != 0 && (access & Opcodes.ACC_SYNTHETIC) == 0;
    }

    /** Whether an enum is final depends on whether a constant has a body, which is no one else's business. */
    private static int kindOf(ClassNode type) {
        boolean isEnum = (type.access & Opcodes.ACC_ENUM) != 0;
        return type.access & TYPE_FLAGS & (isEnum ? ~(Opcodes.ACC_FINAL | Opcodes.ACC_ABSTRACT) : ~0);
    }

    private static Integer nestingOf(ClassNode type) {
        for (InnerClassNode inner : type.innerClasses) {
            if (inner.name.equals(type.name)) {
                return inner.access & NESTED_FLAGS;
            }
        }
        return null;
    }

    private static <T> T first(List<ClassNode> holders, Function<ClassNode, List<T>> members, Predicate<T> wanted) {
        return holders.stream()
                .flatMap(type -> members.apply(type).stream())
                .filter(wanted)
                .findFirst()
                .orElse(null);
    }
}

package io.jenkins.plugins.bellhop.packaging;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.tree.AnnotationNode;

/** Annotations as text, so that two sets of them can be compared. */
final class Annotations {

    private static final String RESTRICTED = "Lorg/kohsuke/accmod/Restricted;";

    private Annotations() {}

    static Set<String> of(List<AnnotationNode> visible, List<AnnotationNode> invisible) {
        return stream(visible, invisible).map(Annotations::text).collect(Collectors.toCollection(TreeSet::new));
    }

    /** What says how an annotation type itself behaves: where it may stand, how long it stays, who indexes it. */
    static Set<String> meta(List<AnnotationNode> visible, List<AnnotationNode> invisible) {
        Set<String> annotations = of(visible, invisible);
        annotations.removeIf(
                text -> !text.startsWith("Ljava/lang/annotation/") && !text.startsWith("Lnet/java/sezpoz/"));
        annotations.removeIf(text -> text.startsWith("Ljava/lang/annotation/Documented;"));
        return annotations;
    }

    static boolean restrict(List<AnnotationNode> visible, List<AnnotationNode> invisible) {
        return stream(visible, invisible).anyMatch(annotation -> annotation.desc.equals(RESTRICTED));
    }

    /** A value of an annotation; the order in arrays doesn't matter. */
    static String text(Object value) {
        if (value instanceof AnnotationNode annotation) {
            return annotation.desc + (annotation.values == null ? "" : textOfPairs(annotation.values));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Annotations::text).sorted().toList().toString();
        }
        return value instanceof Object[] array ? Arrays.toString(array) : String.valueOf(value);
    }

    private static String textOfPairs(List<Object> namesAndValues) {
        Set<String> pairs = new TreeSet<>();
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            pairs.add(namesAndValues.get(i) + "=" + text(namesAndValues.get(i + 1)));
        }
        return pairs.toString();
    }

    private static Stream<AnnotationNode> stream(List<AnnotationNode> visible, List<AnnotationNode> invisible) {
        return Stream.of(Optional.ofNullable(visible), Optional.ofNullable(invisible))
                .flatMap(Optional::stream)
                .flatMap(List::stream);
    }
}

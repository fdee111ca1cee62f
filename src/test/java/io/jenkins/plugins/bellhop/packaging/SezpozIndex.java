package io.jenkins.plugins.bellhop.packaging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import net.java.sezpoz.impl.SerAnnotatedElement;

/** Reads an index of annotated elements as Jenkins does when it looks for extensions, but without loading classes. */
final class SezpozIndex {

    private SezpozIndex() {}

    /** Names as {@link AnnotatedElements} spells them; none when the build wrote no index. */
    static Set<String> read(byte[] index) {
        Set<String> names = new TreeSet<>();
        if (index == null) {
            return names;
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(index))) {
            // The stream ends with a null.
            for (Object next = in.readObject(); next != null; next = in.readObject()) {
                names.add(nameOf((SerAnnotatedElement) next));
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("An index of another sezpoz", e);
        }
    }

    private static String nameOf(SerAnnotatedElement element) {
        if (element.memberName == null) {
            return element.className;
        }
        return element.className + "#" + element.memberName + (element.isMethod ? "()" : "");
    }
}

package io.jenkins.plugins.bellhop.jenkins.connection;

import hudson.model.Item;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import jenkins.scm.api.SCMSourceOwner;

/**
 * The items that administrators named for a user key, by full name; a folder stands for all that lies in it. Nobody else
 * may use the key. Immutable.
 */
public final class Grants {

    /** Items and folders of one key. */
    static final int MOST = 1_000;

    static final Grants NOBODY = new Grants(List.of());

    private final List<String> names;

    private Grants(List<String> names) {
        this.names = names;
    }

    /** @throws IllegalArgumentException for more than {@value #MOST} names, or one that no item has */
    static Grants of(Collection<String> names) {
        List<String> each = names.stream().distinct().sorted().toList();
        if (each.size() > MOST) {
            throw new IllegalArgumentException(
                    "expected at most " + MOST + " items and folders for one user key, found " + each.size());
        }
        if (each.stream().anyMatch(name -> name.isBlank() || name.startsWith("/") || name.endsWith("/"))) {
            throw new IllegalArgumentException("expected full names, as folder/job, found an empty part");
        }
        return new Grants(each);
    }

    /**
     * As an administrator types them.
     *
     * @param text one name in each line; blank lines don't count
     * @throws IllegalArgumentException as {@link #of}
     */
    public static Grants typed(String text) {
        return of(text.lines().map(String::trim).filter(line -> !line.isEmpty()).toList());
    }

    /** What counts for a job: its own name, but of a branch its project's, since whoever pushes makes branches. */
    public static String nameOf(Item item) {
        return item.getParent() instanceof SCMSourceOwner project ? project.getFullName() : item.getFullName();
    }

    /** @param item as of {@link #nameOf} */
    boolean permit(String item) {
        return names.stream().anyMatch(name -> isIn(item, name));
    }

    private static boolean isIn(String item, String name) {
        return item.equals(name) || item.startsWith(name + "/");
    }

    /** A new name keeps the grant; another folder ends it, since other people may configure what lies there. */
    Grants moved(String oldItem, String newItem) {
        return parent(oldItem).equals(parent(newItem))
                ? of(names.stream()
                        .map(name -> StoredConnection.moved(name, oldItem, newItem))
                        .toList())
                : without(oldItem);
    }

    /** What is made under that name later is something else. */
    Grants without(String item) {
        return new Grants(names.stream().filter(name -> !isIn(name, item)).toList());
    }

    private static String parent(String item) {
        return item.substring(0, item.lastIndexOf('/') + 1);
    }

    public Stream<String> names() {
        return names.stream();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Grants that && names.equals(that.names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return names.isEmpty() ? "nobody" : String.join(", ", names);
    }
}

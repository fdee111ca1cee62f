package hudson.model;

import java.util.Collection;
import java.util.List;

public interface ItemGroup<T extends Item> {

    Collection<T> getItems();

    default <T extends Item> List<T> getAllItems(Class<T> type) {
        return null;
    }
}

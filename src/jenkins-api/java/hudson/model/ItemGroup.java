package hudson.model;

import java.util.List;

public interface ItemGroup<T extends Item> {

    default <T extends Item> List<T> getAllItems(Class<T> type) {
        return null;
    }
}

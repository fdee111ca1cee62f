package io.jenkins.plugins.bellhop.delivery;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A request's headers; names are compared without case. Never shown whole: they may carry credentials. */
public final class Headers {

    /** Bytes of all names and values together; far more than any forge sends. */
    public static final int LARGEST = 64 * 1024;

    private final TreeMap<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private Headers(Map<String, ? extends Collection<String>> values) {
        values.forEach((name, all) -> this.values.merge(name, List.copyOf(all), Headers::joined));
    }

    private static List<String> joined(List<String> some, List<String> more) {
        return Stream.of(some, more).flatMap(List::stream).toList();
    }

    /** @throws TooLarge over {@link #LARGEST} */
    public static Headers of(Map<String, ? extends Collection<String>> values) throws TooLarge {
        long size = 0;
        for (Map.Entry<String, ? extends Collection<String>> header : values.entrySet()) {
            for (String value : header.getValue()) {
                size += header.getKey().length() + value.length();
            }
        }
        if (size > LARGEST) {
            throw new TooLarge("the headers", size, LARGEST);
        }
        return new Headers(values);
    }

    /** The header's first value, trimmed; absent as well when it is empty. */
    public Optional<String> first(String name) {
        return values.getOrDefault(name, List.of()).stream()
                .map(String::trim)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** The header's only value; absent too when it was sent twice, as nobody can say which one is meant. */
    public Optional<String> only(String name) {
        return values.getOrDefault(name, List.of()).size() == 1 ? first(name) : Optional.empty();
    }

    @Override
    public String toString() {
        return "headers " + values.keySet();
    }
}

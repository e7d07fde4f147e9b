package io.smilodon.database;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What holding a collection's indexes against its documents has found.
 *
 * @param documents how many documents were read
 * @param nonCompliant how many of these do not obey the collection's validator
 * @param keys how many keys each index has, by its name; the documents are those of {@code _id_}
 * @param problems a line for each place where an index disagrees, by its name, none for most
 * @param others lines about what belongs to no index
 */
public record CollectionVerification(
        long documents,
        long nonCompliant,
        Map<String, Long> keys,
        Map<String, List<String>> problems,
        List<String> others) {

    public CollectionVerification {
        keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
        problems = Map.copyOf(problems);
        others = List.copyOf(others);
    }

    /** All lines. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(others);
        keys.keySet().forEach(index -> lines.addAll(problems.getOrDefault(index, List.of())));
        return lines;
    }
}

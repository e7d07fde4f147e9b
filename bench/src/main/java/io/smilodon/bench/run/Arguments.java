package io.smilodon.bench.run;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Options of the form {@code --name value}. Not thread-safe. */
final class Arguments {

    private final Map<String, String> values = new TreeMap<>();
    private final Set<String> used = new HashSet<>();

    private Arguments() {}

    static Arguments parse(String[] arguments) {
        Arguments parsed = new Arguments();
        for (int index = 0; index < arguments.length; index += 2) {
            if (!arguments[index].startsWith("--") || index + 1 == arguments.length) {
                throw new IllegalArgumentException(
                        "options are --name value, not " + arguments[index]);
            }
            parsed.values.put(arguments[index].substring(2), arguments[index + 1]);
        }
        return parsed;
    }

    Optional<String> optional(String name) {
        used.add(name);
        return Optional.ofNullable(values.get(name));
    }

    String text(String name, String fallback) {
        return optional(name).orElse(fallback);
    }

    int number(String name, int fallback) {
        return optional(name).map(Integer::parseInt).orElse(fallback);
    }

    List<String> names(String name, List<String> fallback) {
        return optional(name).map(text -> Arrays.asList(text.split(","))).orElse(fallback);
    }

    void requireAllUsed() {
        Set<String> unknown = new HashSet<>(values.keySet());
        unknown.removeAll(used);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("no options " + unknown + ", only " + used);
        }
    }
}

package io.smilodon.rest.graphql;

import io.smilodon.engine.value.FieldPath;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where the fields of each type come from. Immutable and thread-safe. */
final class Mappings {

    private final Map<String, Map<String, Mapping>> byType;

    Mappings(Map<String, Map<String, Mapping>> byType) {
        Map<String, Map<String, Mapping>> copy = new HashMap<>();
        byType.forEach((type, fields) -> copy.put(type, Map.copyOf(fields)));
        this.byType = Map.copyOf(copy);
    }

    /** Where a field comes from: what is not mapped is at the path of its name. */
    Mapping of(String type, String field) {
        return declared(type, field).orElseGet(() -> new Mapping.Path(FieldPath.parse(field)));
    }

    Optional<Mapping> declared(String type, String field) {
        return Optional.ofNullable(byType.getOrDefault(type, Map.of()).get(field));
    }
}

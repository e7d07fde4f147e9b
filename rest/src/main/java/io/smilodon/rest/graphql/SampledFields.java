package io.smilodon.rest.graphql;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a sample has found at one place of documents: types, the fields of objects and the elements
 * of arrays. One thread.
 */
final class SampledFields {

    private static final String ELEMENTS = "[]";

    private final Set<String> types = new TreeSet<>();
    private final Map<String, SampledFields> fields = new TreeMap<>();
    private Optional<SampledFields> elements = Optional.empty();

    /** Of documents, as {@code C/schema} tells it: a path and types for each place. */
    static SampledFields of(Document schema) {
        SampledFields root = new SampledFields();
        if (schema.get("fields") instanceof ArrayValue found) {
            found.forEach(field -> root.add((Document) field));
        }
        return root;
    }

    private void add(Document field) {
        SampledFields place = this;
        for (String step : ((StringValue) field.get("path")).value().split("\\.", -1)) {
            place = place.at(step);
        }
        for (Value type : (ArrayValue) field.get("types")) {
            place.types.add(((StringValue) ((Document) type).get("type")).value());
        }
    }

    /** The place of a step as {@code tags}, or {@code tags[]} for the elements of what is there. */
    private SampledFields at(String step) {
        String name = step;
        int depth = 0;
        while (name.endsWith(ELEMENTS)) {
            name = name.substring(0, name.length() - ELEMENTS.length());
            depth++;
        }
        SampledFields place = fields.computeIfAbsent(name, same -> new SampledFields());
        for (int i = 0; i < depth; i++) {
            place = place.ofElements();
        }
        return place;
    }

    private SampledFields ofElements() {
        SampledFields found = elements.orElseGet(SampledFields::new);
        elements = Optional.of(found);
        return found;
    }

    /** The types of what is there, by their aliases; without null, which every type has. */
    Set<String> types() {
        Set<String> known = new TreeSet<>(types);
        known.remove("null");
        known.remove("undefined");
        return known;
    }

    Map<String, SampledFields> fields() {
        return fields;
    }

    Optional<SampledFields> elements() {
        return elements;
    }
}

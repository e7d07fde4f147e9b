package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Fields that a document must have. Reads the document once, however many they are.
 *
 * @param names in the order they were written
 */
record RequiredNames(Set<String> names) {

    RequiredNames {
        names = Collections.unmodifiableSet(new LinkedHashSet<>(names));
    }

    boolean areIn(Document document) {
        int lacking = names.size();
        for (Field field : document) {
            if (names.contains(field.name())) {
                lacking--;
            }
            if (lacking == 0) {
                return true;
            }
        }
        return false;
    }

    /** Those that the document lacks. */
    ArrayValue missing(Document document) {
        Set<String> missing = new LinkedHashSet<>(names);
        document.forEach(field -> missing.remove(field.name()));
        return Failure.names(missing);
    }

    ArrayValue toArray() {
        return Failure.names(names);
    }
}

package io.smilodon.query.aggregate;

import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.Truth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a projection, as written, does to whole top-level fields.
 *
 * @param named the fields that it names or goes into
 * @param kept those of them that it includes as they are
 * @param renamed the fields that others are copies of as wholes, by the names of the copies
 * @param dropsOnly whether it does nothing but leave out fields
 */
record WrittenFields(
        Set<String> named, Set<String> kept, Map<String, String> renamed, boolean dropsOnly) {

    private static final String ID = "_id";

    static WrittenFields of(Document written) {
        Set<String> named = new HashSet<>();
        Set<String> kept = new HashSet<>();
        boolean dropsOnly = true;
        for (Field field : written) {
            named.add(FieldPath.parse(field.name()).first());
            boolean isKept = isFlag(field.value()) && Truth.of(field.value());
            boolean isDropped = isFlag(field.value()) && !isKept;
            if (isKept && field.name().indexOf('.') < 0) {
                kept.add(field.name());
            }
            dropsOnly &= isDropped || isKept && field.name().equals(ID) && written.size() > 1;
        }
        return new WrittenFields(Set.copyOf(named), Set.copyOf(kept), renamed(written), dropsOnly);
    }

    /** Of {@code {q: "$a"}} that q is a: with dots it would be something else of arrays. */
    static Map<String, String> renamed(Document written) {
        Map<String, String> renamed = new HashMap<>();
        for (Field field : written) {
            boolean isWhole = field.name().indexOf('.') < 0;
            if (isWhole && field.value() instanceof StringValue string && isField(string.value())) {
                renamed.put(field.name(), string.value().substring(1));
            }
        }
        return Map.copyOf(renamed);
    }

    private static boolean isField(String written) {
        return written.startsWith("$") && !written.startsWith("$$") && written.indexOf('.') < 0;
    }

    private static boolean isFlag(Value value) {
        return value instanceof NumberValue || value instanceof BooleanValue;
    }

    /** Whether the field comes out of the projection as it went in. */
    boolean handsOn(String field) {
        boolean isOtherwiseKept = dropsOnly || field.equals(ID);
        return kept.contains(field) || isOtherwiseKept && !named.contains(field);
    }

    /** The field that comes out under this name as it went in. */
    Optional<String> origin(String field) {
        return handsOn(field) ? Optional.of(field) : Optional.ofNullable(renamed.get(field));
    }
}

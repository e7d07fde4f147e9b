package io.smilodon.query.aggregate;

import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.Truth;
import java.util.HashSet;
import java.util.Set;

/**
 * What a projection, as written, does to whole top-level fields.
 *
 * @param named the fields that it names or goes into
 * @param kept those of them that it includes as they are
 * @param dropsOnly whether it does nothing but leave out fields
 */
record WrittenFields(Set<String> named, Set<String> kept, boolean dropsOnly) {

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
        return new WrittenFields(Set.copyOf(named), Set.copyOf(kept), dropsOnly);
    }

    private static boolean isFlag(Value value) {
        return value instanceof NumberValue || value instanceof BooleanValue;
    }

    /** Whether the field comes out of the projection as it went in. */
    boolean handsOn(String field) {
        boolean isOtherwiseKept = dropsOnly || field.equals(ID);
        return kept.contains(field) || isOtherwiseKept && !named.contains(field);
    }
}

package io.smilodon.query.expression;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import java.util.Set;

/** Whether a part of a request may come out differently each time. */
public final class Randomness {

    private static final Set<String> OPERATORS = Set.of("$rand", "$sample", "$sampleRate");

    private Randomness() {}

    /** Whether an operator that draws lots is named in it; a field of that name counts too. */
    public static boolean isIn(Value written) {
        return switch (written) {
            case Document document -> {
                for (Field field : document) {
                    if (OPERATORS.contains(field.name()) || isIn(field.value())) {
                        yield true;
                    }
                }
                yield false;
            }
            case ArrayValue array -> {
                for (Value element : array) {
                    if (isIn(element)) {
                        yield true;
                    }
                }
                yield false;
            }
            default -> false;
        };
    }
}

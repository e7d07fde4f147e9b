package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import java.util.Map;
import java.util.Set;

/** Which operators a validator may not have: those that need an index. */
final class ValidatorRules {

    private static final Set<String> FORBIDDEN_AT_ROOT = Set.of("$text");
    private static final Set<String> FORBIDDEN_OF_FIELDS =
            Set.of("$geoNear", "$near", "$nearSphere");
    private static final Set<String> LOGICAL = Set.of("$and", "$nor", "$or");

    private ValidatorRules() {}

    /**
     * @throws SmilodonException {@code BadValue} if it has one of them
     */
    static void check(Document filter, Location location) {
        for (Field field : filter) {
            Location place = location.child(field.name());
            if (FORBIDDEN_AT_ROOT.contains(field.name())) {
                throw forbidden(field.name(), place);
            }
            if (LOGICAL.contains(field.name()) && field.value() instanceof ArrayValue branches) {
                checkBranches(branches, place);
            } else if (!field.name().startsWith("$")) {
                checkField(field.value(), place);
            }
        }
    }

    private static void checkBranches(ArrayValue branches, Location location) {
        int position = 0;
        for (Value branch : branches) {
            Location place = location.child(position++);
            if (branch instanceof Document filter) {
                check(filter, place);
            }
        }
    }

    private static void checkField(Value condition, Location location) {
        if (!(condition instanceof Document operators)) {
            return;
        }
        for (Field operator : operators) {
            Location place = location.child(operator.name());
            if (FORBIDDEN_OF_FIELDS.contains(operator.name())) {
                throw forbidden(operator.name(), place);
            }
            if (operator.name().equals("$not")) {
                checkField(operator.value(), place);
            }
        }
    }

    private static SmilodonException forbidden(String operator, Location place) {
        return new SmilodonException(
                        ErrorCode.BAD_VALUE,
                        operator + " is not allowed in this context",
                        Map.of("context", "a validator"))
                .at(place);
    }
}

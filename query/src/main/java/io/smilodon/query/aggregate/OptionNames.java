package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import java.util.Map;
import java.util.Set;

/** The fields that options may and must have: 40415 for an unknown one, 40414 for a missing one. */
final class OptionNames {

    private OptionNames() {}

    static void check(
            StageOperand operand, Document options, Set<String> required, Set<String> optional) {
        for (Field option : options) {
            if (!required.contains(option.name()) && !optional.contains(option.name())) {
                throw error(operand, 40415, "the field is an unknown field", option.name());
            }
        }
        for (String name : required) {
            if (!options.has(name)) {
                throw error(operand, 40414, "the field is missing but a required field", name);
            }
        }
    }

    private static SmilodonException error(
            StageOperand operand, int code, String text, String name) {
        return new SmilodonException(ErrorCode.location(code), text, Map.of("field", name))
                .at(operand.location().child(name));
    }
}

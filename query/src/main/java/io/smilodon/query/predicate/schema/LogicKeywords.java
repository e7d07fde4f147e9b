package io.smilodon.query.predicate.schema;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.ValueKey;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keywords that combine schemas, and {@code enum}: they are about values of all types. */
final class LogicKeywords {

    private LogicKeywords() {}

    static Optional<SchemaRule> allOf(KeywordOperand operand) {
        return Optional.of(new AllOf(schemas(operand)));
    }

    static Optional<SchemaRule> anyOf(KeywordOperand operand) {
        return Optional.of(new AnyOf(schemas(operand)));
    }

    static Optional<SchemaRule> oneOf(KeywordOperand operand) {
        return Optional.of(new OneOf(schemas(operand)));
    }

    static Optional<SchemaRule> not(KeywordOperand operand) {
        return Optional.of(new NotSchema(operand.subschema()));
    }

    private static Subschemas schemas(KeywordOperand operand) {
        if (operand.array().isEmpty()) {
            throw operand.place()
                    .error(
                            ErrorCode.BAD_VALUE,
                            operand.named("must be a non-empty array"),
                            Map.of());
        }
        return new Subschemas(operand.subschemas());
    }

    static Optional<SchemaRule> values(KeywordOperand operand) {
        Set<ValueKey> keys = new HashSet<>();
        for (Value value : operand.array()) {
            if (!keys.add(UnorderedFields.keyOf(value))) {
                throw operand.place()
                        .invalid(operand.named("array cannot contain duplicate values"));
            }
        }
        if (keys.isEmpty()) {
            throw operand.place().invalid(operand.named("cannot be an empty array"));
        }
        return Optional.of(new OneOfValues(operand.array(), keys));
    }
}

package io.smilodon.query.predicate.schema;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.TypeRank;
import io.smilodon.engine.value.ValueType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** {@code type}, by JSON's names of types, and {@code bsonType}, by those of BSON. */
final class TypeKeywords {

    private static final Set<ValueType> NUMBERS =
            EnumSet.copyOf(
                    Arrays.stream(ValueType.values())
                            .filter(type -> type.rank() == TypeRank.NUMBER)
                            .toList());

    private static final Map<String, Set<ValueType>> JSON_TYPES =
            Map.of(
                    "array", Set.of(ValueType.ARRAY),
                    "boolean", Set.of(ValueType.BOOLEAN),
                    "null", Set.of(ValueType.NULL),
                    "number", NUMBERS,
                    "object", Set.of(ValueType.DOCUMENT),
                    "string", Set.of(ValueType.STRING));

    private TypeKeywords() {}

    static Optional<SchemaRule> type(KeywordOperand operand) {
        if (operand.schema().has("bsonType")) {
            throw operand.place()
                    .invalid("Cannot specify both $jsonSchema keywords 'type' and 'bsonType'");
        }
        return Optional.of(restriction(operand, name -> jsonTypes(name, operand)));
    }

    private static Set<ValueType> jsonTypes(String name, KeywordOperand operand) {
        if (name.equals("integer")) {
            throw operand.place()
                    .invalid("$jsonSchema type 'integer' is not currently supported.")
                    .withHint("bsonType knows the integers: ['int', 'long']");
        }
        return Optional.ofNullable(JSON_TYPES.get(name)).orElseThrow(() -> unknown(name, operand));
    }

    static Optional<SchemaRule> bsonType(KeywordOperand operand) {
        return Optional.of(restriction(operand, name -> bsonTypes(name, operand)));
    }

    private static Set<ValueType> bsonTypes(String name, KeywordOperand operand) {
        return name.equals("number")
                ? NUMBERS
                : Set.of(
                        ValueType.ofAlias(name)
                                .filter(type -> type != ValueType.MISSING)
                                .orElseThrow(() -> unknown(name, operand)));
    }

    private static SmilodonException unknown(String name, KeywordOperand operand) {
        return operand.place()
                .error(ErrorCode.BAD_VALUE, "Unknown type name alias: " + name, Map.of());
    }

    private static TypeRestriction restriction(
            KeywordOperand operand, Function<String, Set<ValueType>> typesOf) {
        Set<ValueType> types = EnumSet.noneOf(ValueType.class);
        for (String name : names(operand)) {
            types.addAll(typesOf.apply(name));
        }
        return new TypeRestriction(operand.keyword(), operand.value(), types);
    }

    private static Set<String> names(KeywordOperand operand) {
        return switch (operand.value()) {
            case StringValue name -> Set.of(name.value());
            case ArrayValue names -> operand.names(names);
            default ->
                    throw operand.place()
                            .wrongType(
                                    operand.named("must be either a string or an array of strings"),
                                    operand.value());
        };
    }
}

package io.smilodon.query.predicate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.TypeRank;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueType;
import io.smilodon.query.predicate.FieldOperator.Operand;
import io.smilodon.query.value.Truth;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** {@code $exists} and {@code $type}. */
final class TypeOperators {

    private TypeOperators() {}

    static Condition exists(Operand operand) {
        Condition exists = Condition.of(new Exists());
        return Truth.of(operand.value()) ? exists : new Condition.Not(exists);
    }

    static Condition type(Operand operand) {
        Set<ValueType> types = EnumSet.noneOf(ValueType.class);
        if (operand.value() instanceof ArrayValue list) {
            int index = 0;
            for (Value named : list) {
                types.addAll(named(named, operand.context().child(index++)));
            }
        } else {
            types.addAll(named(operand.value(), operand.context()));
        }
        if (types.isEmpty()) {
            throw operand.context()
                    .error(
                            ErrorCode.FAILED_TO_PARSE,
                            "$type must match at least one type",
                            Map.of());
        }
        return Condition.of(new TypeIs(types));
    }

    private static Set<ValueType> named(Value name, FilterContext context) {
        return switch (name) {
            case StringValue alias -> ofAlias(alias.value(), context);
            case NumberValue code -> Set.of(ofCode(code, context));
            default ->
                    throw context.error(
                            ErrorCode.TYPE_MISMATCH,
                            "type must be represented as a number or a string",
                            Map.of("type", name.type().alias()));
        };
    }

    private static Set<ValueType> ofAlias(String alias, FilterContext context) {
        if (alias.equals("number")) {
            Set<ValueType> numbers = EnumSet.allOf(ValueType.class);
            numbers.removeIf(type -> type.rank() != TypeRank.NUMBER);
            return numbers;
        }
        return Set.of(
                ValueType.ofAlias(alias)
                        .filter(type -> type != ValueType.MISSING)
                        .orElseThrow(
                                () ->
                                        context.badValue("Unknown type name alias: " + alias)
                                                .withHint("known are " + aliases())));
    }

    private static ValueType ofCode(NumberValue code, FilterContext context) {
        return ValueType.ofCode((int) code.toLong())
                .filter(type -> code.isIntegral() && type.code() == code.toLong())
                .filter(type -> type != ValueType.MISSING)
                .orElseThrow(
                        () ->
                                context.badValue(
                                                "Invalid numerical type code",
                                                Map.of("code", code.toDouble()))
                                        .withHint("an absent field is {$exists: false}"));
    }

    private static String aliases() {
        return String.join(
                ", ",
                Arrays.stream(ValueType.values())
                        .filter(type -> type != ValueType.MISSING)
                        .map(ValueType::alias)
                        .toList());
    }
}

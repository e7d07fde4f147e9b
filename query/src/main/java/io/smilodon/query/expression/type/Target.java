package io.smilodon.query.expression.type;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueType;
import io.smilodon.query.value.Truth;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What values can be converted to by an operator of its own. */
enum Target {
    BOOL(ValueType.BOOLEAN, value -> Optional.of(Value.of(Truth.of(value)))),
    DATE(ValueType.DATE, OtherTargets::toDate),
    DECIMAL(ValueType.DECIMAL128, NumberTargets::toDecimal),
    DOUBLE(ValueType.DOUBLE, NumberTargets::toDouble),
    INT(ValueType.INT32, NumberTargets::toInt),
    LONG(ValueType.INT64, NumberTargets::toLong),
    OBJECT_ID(ValueType.OBJECT_ID, OtherTargets::toObjectId),
    STRING(ValueType.STRING, OtherTargets::toText),
    UUID(ValueType.BINARY, OtherTargets::toUuid);

    private final ValueType type;
    private final Function<Value, Optional<Value>> conversion;

    Target(ValueType type, Function<Value, Optional<Value>> conversion) {
        this.type = type;
        this.conversion = conversion;
    }

    Value convert(Value value) {
        return conversion.apply(value).orElseThrow(() -> failure(value, type));
    }

    /** The target of a type, if values can be converted to it without saying more. */
    static Optional<Target> of(ValueType type) {
        return Arrays.stream(values())
                .filter(target -> target.type == type && target != UUID)
                .findFirst();
    }

    static SmilodonException failure(Value value, ValueType to) {
        return new SmilodonException(
                ErrorCode.CONVERSION_FAILURE,
                "Failed to convert the value",
                Map.of("from", value.type().alias(), "to", to.alias()));
    }
}

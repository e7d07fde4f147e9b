package io.smilodon.query.expression.type;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.Text;
import io.smilodon.query.value.Truth;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What values can be converted to. */
enum Target {
    BOOL("bool", value -> Optional.of(Value.of(Truth.of(value)))),
    DATE("date", OtherTargets::toDate),
    DECIMAL("decimal", NumberTargets::toDecimal),
    DOUBLE("double", NumberTargets::toDouble),
    INT("int", NumberTargets::toInt),
    LONG("long", NumberTargets::toLong),
    OBJECT_ID("objectId", OtherTargets::toObjectId),
    STRING("string", value -> Text.of(value).map(Value::of));

    private final String alias;
    private final Function<Value, Optional<Value>> conversion;

    Target(String alias, Function<Value, Optional<Value>> conversion) {
        this.alias = alias;
        this.conversion = conversion;
    }

    Value convert(Value value) {
        return conversion
                .apply(value)
                .orElseThrow(
                        () ->
                                new SmilodonException(
                                        ErrorCode.CONVERSION_FAILURE,
                                        "Failed to convert the value",
                                        Map.of("from", value.type().alias(), "to", alias)));
    }
}

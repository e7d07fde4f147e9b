package io.smilodon.query.update;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.Map;

/**
 * {@code {$currentDate: {field: true}}}: the instant of the operation, as a date or as a timestamp
 * of its own.
 */
record CurrentDate(boolean isTimestamp) implements FieldChange {

    private static final String TYPE = "$type";

    static CurrentDate parse(UpdateArgument argument) {
        return switch (argument.value()) {
            case BooleanValue either -> new CurrentDate(false);
            case Document options -> new CurrentDate(isTimestamp(options, argument));
            default ->
                    throw argument.error(
                            ErrorCode.BAD_VALUE,
                            "Not a valid type for $currentDate. Please use a boolean ('true') or a"
                                    + " $type expression ({$type: 'timestamp/date'}).");
        };
    }

    private static boolean isTimestamp(Document options, UpdateArgument argument) {
        for (Field option : options) {
            if (!option.name().equals(TYPE)) {
                throw argument.error(
                        ErrorCode.BAD_VALUE,
                        "Unrecognized $currentDate option",
                        Map.of("option", option.name()));
            }
        }
        if (options.get(TYPE).equals(new StringValue("timestamp"))) {
            return true;
        }
        if (options.get(TYPE).equals(new StringValue("date"))) {
            return false;
        }
        throw argument.error(
                ErrorCode.BAD_VALUE,
                "The '$type' string field is required to be 'date' or 'timestamp'");
    }

    @Override
    public Value apply(Value before, UpdateContext context) {
        return isTimestamp ? Timestamps.next(context.now()) : context.now();
    }
}

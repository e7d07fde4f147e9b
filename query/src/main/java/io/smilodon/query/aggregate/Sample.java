package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.query.exec.Cursor;
import java.util.Map;

/**
 * {@code {$sample: {size: count}}}: so many documents at random, each as likely as any other.
 *
 * @param size at least 1
 */
record Sample(long size) implements Stage {

    private static final String SIZE = "size";

    static Stage parse(StageOperand operand) {
        if (!(operand.value() instanceof Document options)) {
            throw operand.error(28745, "the $sample stage specification must be an object");
        }
        for (Field option : options) {
            if (!option.name().equals(SIZE)) {
                throw new SmilodonException(
                                ErrorCode.location(28748),
                                "unrecognized option to $sample",
                                Map.of("option", option.name()))
                        .at(operand.location().child(option.name()));
            }
        }
        StageOperand size = operand.child(SIZE, options.get(SIZE));
        return switch (size.value()) {
            case Missing absent -> throw operand.error(28749, "$sample stage must specify a size");
            case NumberValue number -> {
                if (number.toLong() <= 0) {
                    throw size.error(28747, "size argument to $sample must be positive");
                }
                yield new Sample(number.toLong());
            }
            default -> throw size.error(28746, "size argument to $sample must be a number");
        };
    }

    @Override
    public String name() {
        return "$sample";
    }

    @Override
    public Cursor open(Cursor input, StageContext context) {
        return new SampleCursor(input, size, context.operation());
    }

    @Override
    public NeededFields neededFields(NeededFields output) {
        return output;
    }
}

package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.query.exec.Cursor;

/**
 * {@code {$limit: count}}: no more documents than that.
 *
 * @param count at least 1
 */
record Limit(long count) implements Stage {

    static Stage parse(StageOperand operand) {
        long count = Counts.parse(operand, "$limit", 5107201);
        if (count == 0) {
            throw operand.error(15958, "the limit must be positive");
        }
        return new Limit(count);
    }

    @Override
    public String name() {
        return "$limit";
    }

    @Override
    public Cursor open(Cursor input, StageContext context) {
        return new WindowCursor(input, 0, count);
    }

    @Override
    public NeededFields neededFields(NeededFields output) {
        return output;
    }

    @Override
    public Document rendered() {
        return Document.of(name(), new Int64Value(count));
    }
}

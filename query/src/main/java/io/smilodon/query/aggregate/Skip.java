package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.query.exec.Cursor;

/**
 * {@code {$skip: count}}: all but the first documents.
 *
 * @param count 0 or more
 */
record Skip(long count) implements Stage {

    static Stage parse(StageOperand operand) {
        return new Skip(Counts.parse(operand, "$skip", 5107200));
    }

    @Override
    public String name() {
        return "$skip";
    }

    @Override
    public Cursor open(Cursor input, StageContext context) {
        return new WindowCursor(input, count, Long.MAX_VALUE);
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

package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.sort.SortPattern;

/**
 * {@code {$sort: {field: 1, other: -1}}}: the documents in order.
 *
 * @param pattern the order
 * @param limit how many of them are wanted; 0 for all
 */
record Sort(SortPattern pattern, long limit) implements Stage {

    static Stage parse(StageOperand operand) {
        if (operand.value() instanceof Document pattern) {
            return new Sort(SortPattern.parse(pattern, operand.location()), 0);
        }
        throw operand.error(15973, "the $sort key specification must be an object");
    }

    @Override
    public String name() {
        return "$sort";
    }

    @Override
    public Cursor open(Cursor input, StageContext context) {
        return new SortCursor(input, this, context.operation());
    }

    @Override
    public NeededFields neededFields(NeededFields output) {
        return output.and(NeededFields.of(pattern));
    }

    @Override
    public boolean letsFilterPass(String field) {
        return limit == 0;
    }

    @Override
    public Document rendered() {
        Document shown = Document.of("sortKey", pattern.toDocument());
        return Document.of(name(), limit == 0 ? shown : shown.with("limit", new Int64Value(limit)));
    }
}

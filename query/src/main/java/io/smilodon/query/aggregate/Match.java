package io.smilodon.query.aggregate;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.PredicateParser;
import io.smilodon.query.predicate.TextTest;

/** {@code {$match: <filter>}}: the documents that match. */
record Match(Predicate filter) implements Stage {

    static Stage parse(StageOperand operand) {
        if (operand.value() instanceof Document filter) {
            return new Match(
                    PredicateParser.parse(filter, operand.location(), operand.variables()));
        }
        throw operand.error(15959, "the match filter must be an expression in an object");
    }

    @Override
    public String name() {
        return "$match";
    }

    @Override
    public Cursor open(Cursor input, StageContext context) {
        if (TextTest.in(filter).isPresent()) {
            throw SearchPlacement.notFirst(Location.ROOT);
        }
        ValueOrder order = context.order();
        Predicate asked = order.isSimple() ? filter : filter.under(order);
        return new MatchCursor(input, asked, context);
    }

    @Override
    public NeededFields neededFields(NeededFields output) {
        return output.and(FilterFields.of(filter));
    }

    @Override
    public boolean letsFilterPass(String field) {
        return true;
    }

    @Override
    public Document rendered() {
        return Document.of(name(), filter.toDocument());
    }
}

package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.accumulator.Accumulators;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.sort.SortPattern;
import java.util.Map;

/** {@code {$sortByCount: <expression>}}: groups by the expression, the largest group first. */
record SortByCount(Stage group, Stage sort) implements Stage {

    private static final String COUNT = "count";

    static Stage parse(StageOperand operand) {
        checkExpression(operand);
        Document one = Document.of("$sum", Value.of(1));
        Stage group =
                new Group(
                        operand.expression(),
                        Map.of(
                                COUNT,
                                Accumulators.parse(one, operand.location(), operand.variables())));
        Stage sort = new Sort(SortPattern.parse(Document.of(COUNT, Value.of(-1))), 0);
        return new SortByCount(group, sort);
    }

    private static void checkExpression(StageOperand operand) {
        switch (operand.value()) {
            case Document document -> {
                boolean isOperator =
                        !document.isEmpty() && document.iterator().next().name().startsWith("$");
                if (!isOperator) {
                    throw operand.error(
                            40147,
                            "the sortByCount field must be defined as a $-prefixed path or an"
                                    + " expression inside an object");
                }
            }
            case StringValue path -> {
                if (!path.value().startsWith("$")) {
                    throw operand.error(
                            40148, "the sortByCount field must be defined as a $-prefixed path");
                }
            }
            default ->
                    throw operand.error(
                            40149,
                            "the sortByCount field must be specified as a string or as an object");
        }
    }

    @Override
    public String name() {
        return "$sortByCount";
    }

    @Override
    public Cursor open(Cursor input, StageContext context) {
        return sort.open(group.open(input, context), context);
    }

    @Override
    public NeededFields neededFields(NeededFields output) {
        return group.neededFields(output);
    }
}

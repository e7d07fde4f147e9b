package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.Numbers;
import java.util.Map;
import java.util.Optional;

/** Keywords about strings and numbers. */
final class ScalarKeywords {

    private ScalarKeywords() {}

    static Optional<SchemaRule> pattern(KeywordOperand operand) {
        return Optional.of(new StringPattern(operand.pattern(operand.text())));
    }

    static Optional<SchemaRule> length(KeywordOperand operand) {
        return Optional.of(new StringLength(operand.count()));
    }

    static Optional<SchemaRule> multipleOf(KeywordOperand operand) {
        NumberValue divisor = operand.number();
        boolean isPositive =
                !Numbers.isNegative(divisor) && !Numbers.isZero(divisor) && !Numbers.isNaN(divisor);
        if (!isPositive) {
            throw operand.place()
                    .invalid(
                            operand.named("must have a positive value"),
                            Map.of("actual", divisor.toDouble()));
        }
        return Optional.of(new MultipleOf(divisor));
    }

    static Optional<SchemaRule> maximum(KeywordOperand operand) {
        return Optional.of(bound(operand, true, "exclusiveMaximum"));
    }

    static Optional<SchemaRule> minimum(KeywordOperand operand) {
        return Optional.of(bound(operand, false, "exclusiveMinimum"));
    }

    private static NumberBound bound(KeywordOperand operand, boolean isMaximum, String exclusive) {
        NumberValue bound = operand.number();
        Document written = Document.of(operand.keyword(), bound);
        Value flag = operand.schema().get(exclusive);
        return flag == Missing.INSTANCE
                ? new NumberBound(bound, isMaximum, false, written)
                : new NumberBound(
                        bound,
                        isMaximum,
                        flag.equals(Value.of(true)),
                        written.with(exclusive, flag));
    }

    static Optional<SchemaRule> exclusiveMaximum(KeywordOperand operand) {
        return exclusive(operand, "maximum");
    }

    static Optional<SchemaRule> exclusiveMinimum(KeywordOperand operand) {
        return exclusive(operand, "minimum");
    }

    /** Read by the bound that it goes with. */
    private static Optional<SchemaRule> exclusive(KeywordOperand operand, String bound) {
        operand.flag();
        if (!operand.schema().has(bound)) {
            throw operand.place()
                    .invalid(
                            "$jsonSchema keyword '"
                                    + bound
                                    + "' must be a present if "
                                    + operand.keyword()
                                    + " is present");
        }
        return Optional.empty();
    }
}

package io.smilodon.query.predicate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueType;
import io.smilodon.query.OperatorTable;

/**
 * A test as the description of a failure names it.
 *
 * @param operator its operator
 * @param written what stands under the field
 */
record SpecifiedTest(String operator, Value written) {

    private static final Reason COMPARED = new Reason("comparison failed", "comparison succeeded");

    private static final Reason BITS =
            new Reason("bitwise operator failed to match", "bitwise operator matched successfully");

    private static final Reason CHILD =
            new Reason(
                    "array did not satisfy the child predicate",
                    "array did satisfy the child predicate");

    /** Why the tests of an operator fail and pass, in MongoDB's words. */
    static final OperatorTable<Reason> REASONS =
            OperatorTable.<Reason>builder()
                    .add("$allMatch", CHILD)
                    .add("$beginsWith", new Reason("prefix did not match", "prefix did match"))
                    .add("$bitsAllClear", BITS)
                    .add("$bitsAllSet", BITS)
                    .add("$bitsAnyClear", BITS)
                    .add("$bitsAnySet", BITS)
                    .add("$elemMatch", CHILD)
                    .add("$eq", COMPARED)
                    .add("$exists", new Reason("path does not exist", "path does exist"))
                    .add("$gt", COMPARED)
                    .add("$gte", COMPARED)
                    .add(
                            "$in",
                            new Reason(
                                    "no matching value found in array",
                                    "matching value found in array"))
                    .add(
                            "$geoIntersects",
                            new Reason(
                                    "none of considered geometries intersected the expression's"
                                            + " geometry",
                                    "at least one of considered geometries intersected the"
                                            + " expression's geometry"))
                    .add(
                            "$geoWithin",
                            new Reason(
                                    "none of the considered geometries were contained within the"
                                            + " expression's geometry",
                                    "at least one of considered geometries was contained within"
                                            + " the expression's geometry"))
                    .add("$keyMapMatch", new Reason("no key did match", "a key did match"))
                    .add("$lt", COMPARED)
                    .add("$lte", COMPARED)
                    .add(
                            "$mod",
                            new Reason(
                                    "$mod did not evaluate to expected remainder",
                                    "$mod did evaluate to expected remainder"))
                    .add("$ne", COMPARED.reversed())
                    .add(
                            "$nin",
                            new Reason(
                                    "matching value found in array",
                                    "no matching value found in array"))
                    .add(
                            "$regex",
                            new Reason(
                                    "regular expression did not match",
                                    "regular expression did match"))
                    .add(
                            "$size",
                            new Reason(
                                    "array length was not equal to given size",
                                    "array length was equal to given size"))
                    .add("$type", new Reason("type did not match", "type did match"))
                    .build();

    private static final Reason OTHER =
            new Reason("operator failed to match", "operator matched successfully");

    /** The words for a test that fails, and for one that passes. */
    record Reason(String failing, String passing) {

        Reason reversed() {
            return new Reason(passing, failing);
        }
    }

    static SpecifiedTest of(ValueTest test) {
        Field operator = test.toDocument().iterator().next();
        return new SpecifiedTest(operator.name(), written(test));
    }

    private static Value written(ValueTest test) {
        return switch (test) {
            case Equal equal -> needsOperator(equal.value()) ? equal.toDocument() : equal.value();
            case TypeIs type ->
                    type.types().size() == 1
                            ? Document.of("$type", alias(type))
                            : type.toDocument();
            default -> test.toDocument();
        };
    }

    private static boolean needsOperator(Value value) {
        return value instanceof RegexValue
                || value instanceof Document document && PredicateParser.holdsOperators(document);
    }

    private static Value alias(TypeIs type) {
        ValueType only = type.types().iterator().next();
        return Value.of(only.alias());
    }

    /** {@code {$exists: false}} has the reasons of the other one, the other way round. */
    String reason(boolean isMatch) {
        Reason reason = REASONS.find(operator).orElse(OTHER);
        boolean isNegated =
                operator.equals("$exists")
                        && written.equals(Document.of("$exists", Value.of(false)));
        return isMatch == isNegated ? reason.failing() : reason.passing();
    }
}

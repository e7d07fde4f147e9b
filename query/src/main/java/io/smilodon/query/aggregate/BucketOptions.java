package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.accumulator.Accumulation;
import io.smilodon.query.accumulator.Accumulators;
import io.smilodon.query.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads what follows {@code $bucket}.
 *
 * @param bucket which bucket a document falls into
 * @param output the fields of a bucket
 */
record BucketOptions(BucketOf bucket, Map<String, Accumulation> output) {

    private static final Set<String> NAMES = Set.of("groupBy", "boundaries", "default", "output");

    static BucketOptions parse(StageOperand operand) {
        Document options = checked(operand);
        Expression groupBy =
                groupBy(operand.child("groupBy", options.get("groupBy")), 40202, "$bucket");
        List<Value> boundaries = boundaries(operand.child("boundaries", options.get("boundaries")));
        Value otherwise =
                options.has("default")
                        ? otherwise(operand.child("default", options.get("default")), boundaries)
                        : Missing.INSTANCE;
        return new BucketOptions(
                new BucketOf(groupBy, boundaries, otherwise),
                output(operand.child("output", options.get("output")), 40196));
    }

    private static Document checked(StageOperand operand) {
        if (!(operand.value() instanceof Document options)) {
            throw operand.error(40201, "Argument to $bucket stage must be an object");
        }
        for (Field option : options) {
            if (!NAMES.contains(option.name())) {
                throw new SmilodonException(
                                ErrorCode.location(40197),
                                "Unrecognized option to $bucket",
                                Map.of("option", option.name()))
                        .at(operand.location().child(option.name()));
            }
        }
        if (!options.has("groupBy") || !options.has("boundaries")) {
            throw operand.error(
                    40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
        }
        return options;
    }

    /** What to group by: a path or an expression, as nothing else can differ by document. */
    static Expression groupBy(StageOperand place, int code, String stage) {
        boolean isPath = place.value() instanceof StringValue text && text.value().startsWith("$");
        if (!isPath && !(place.value() instanceof Document)) {
            throw place.error(
                    code,
                    "The "
                            + stage
                            + " 'groupBy' field must be defined as a $-prefixed path or an"
                            + " expression object");
        }
        return place.expression();
    }

    /** The fields of a bucket; without any, how many documents are in it. */
    static Map<String, Accumulation> output(StageOperand place, int code) {
        return switch (place.value()) {
            case Missing absent -> {
                Document one = Document.of("$sum", Value.of(1));
                yield Map.of("count", Accumulators.parse(one, place.location(), place.variables()));
            }
            case Document fields -> {
                if (fields.has("_id")) {
                    throw place.child("_id", fields.get("_id"))
                            .error(15948, "a group's _id may only be specified once");
                }
                yield Group.accumulations(fields, place);
            }
            default -> throw place.error(code, "The 'output' field must be an object");
        };
    }

    private static List<Value> boundaries(StageOperand place) {
        if (!(place.value() instanceof ArrayValue written)) {
            throw place.error(40200, "The $bucket 'boundaries' field must be an array");
        }
        List<Value> boundaries = new ArrayList<>();
        for (Value boundary : written) {
            String index = Integer.toString(boundaries.size());
            boundaries.add(constant(place.child(index, boundary), 40191));
        }
        if (boundaries.size() < 2) {
            throw place.error(40192, "The $bucket 'boundaries' field must have at least 2 values");
        }
        for (int i = 1; i < boundaries.size(); i++) {
            Value lower = boundaries.get(i - 1);
            Value upper = boundaries.get(i);
            StageOperand at = place.child(Integer.toString(i), upper);
            if (lower.rank() != upper.rank()) {
                throw at.error(
                        40193,
                        "All values in the 'boundaries' option to $bucket must have the same"
                                + " type");
            }
            boolean dependsOnCollation = ValueOrder.holdsText(lower) && ValueOrder.holdsText(upper);
            if (!dependsOnCollation && ValueOrder.ASCENDING.compare(lower, upper) >= 0) {
                throw at.error(40194, BucketOf.NOT_ASCENDING);
            }
        }
        return boundaries;
    }

    private static Value otherwise(StageOperand place, List<Value> boundaries) {
        Value value = constant(place, 40195);
        boolean isInside =
                value.rank() == boundaries.getFirst().rank()
                        && !ValueOrder.holdsText(value)
                        && ValueOrder.ASCENDING.compare(value, boundaries.getFirst()) >= 0
                        && ValueOrder.ASCENDING.compare(value, boundaries.getLast()) < 0;
        if (isInside) {
            throw place.error(40199, BucketOf.DEFAULT_INSIDE);
        }
        return value;
    }

    /** The value of an expression that is the same for every document. */
    private static Value constant(StageOperand place, int code) {
        Value value = place.constant();
        if (value == Missing.INSTANCE) {
            throw place.error(code, "The 'boundaries' and 'default' of $bucket must be constant");
        }
        return value;
    }
}

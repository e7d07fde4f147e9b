package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.accumulator.Accumulation;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.PathCollector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code {$bucketAuto: {groupBy, buckets: <count>, output, granularity}}}: groups by ranges of a
 * value that are chosen so that about as many documents fall into each.
 *
 * @param groupBy the value; a missing one counts as null
 * @param buckets how many at most, at least 1
 * @param output the fields of a bucket, in order
 * @param granularity which numbers the boundaries may be, if not any
 */
record BucketAuto(
        Expression groupBy,
        int buckets,
        Map<String, Accumulation> output,
        Optional<Granularity> granularity)
        implements Stage {

    private static final Set<String> NAMES = Set.of("groupBy", "buckets", "output", "granularity");

    BucketAuto {
        output = Collections.unmodifiableMap(new LinkedHashMap<>(output));
    }

    static Stage parse(StageOperand operand) {
        Document options = checked(operand);
        StageOperand output = operand.child("output", options.get("output"));
        Map<String, Accumulation> accumulations = BucketOptions.output(output, 40244);
        accumulations.forEach((name, accumulation) -> checkConstant(output, name, accumulation));
        return new BucketAuto(
                BucketOptions.groupBy(
                        operand.child("groupBy", options.get("groupBy")), 40239, "$bucketAuto"),
                buckets(operand.child("buckets", options.get("buckets"))),
                accumulations,
                granularity(operand.child("granularity", options.get("granularity"))));
    }

    private static Document checked(StageOperand operand) {
        if (!(operand.value() instanceof Document options)) {
            throw operand.error(40240, "The argument to $bucketAuto must be an object");
        }
        for (Field option : options) {
            if (!NAMES.contains(option.name())) {
                throw new SmilodonException(
                                ErrorCode.location(40245),
                                "Unrecognized option to $bucketAuto",
                                Map.of("option", option.name()))
                        .at(operand.location().child(option.name()));
            }
        }
        if (!options.has("groupBy") || !options.has("buckets")) {
            throw operand.error(
                    40246, "$bucketAuto requires 'groupBy' and 'buckets' to be specified.");
        }
        return options;
    }

    private static void checkConstant(StageOperand output, String name, Accumulation accumulation) {
        if (accumulation.readsGroup()) {
            throw new SmilodonException(
                            ErrorCode.location(4544714),
                            "Can't refer to the group key in $bucketAuto",
                            Map.of("field", name))
                    .at(output.location().child(name));
        }
    }

    private static int buckets(StageOperand place) {
        if (!(place.value() instanceof NumberValue number)) {
            throw place.error(40241, "The $bucketAuto 'buckets' field must be a numeric value");
        }
        if (!number.isIntegral() || number.toLong() != (int) number.toLong()) {
            throw place.error(
                    40242,
                    "The $bucketAuto 'buckets' field must be representable as a 32-bit integer");
        }
        if (number.toLong() <= 0) {
            throw place.error(40243, "The $bucketAuto 'buckets' field must be greater than 0");
        }
        return (int) number.toLong();
    }

    private static Optional<Granularity> granularity(StageOperand place) {
        Value written = place.value();
        if (written == Missing.INSTANCE) {
            return Optional.empty();
        }
        if (!(written instanceof StringValue name)) {
            throw place.error(40261, "The $bucketAuto 'granularity' field must be a string");
        }
        return Optional.of(
                Granularity.find(name.value())
                        .orElseThrow(() -> place.error(40257, "Unknown rounding granularity")));
    }

    @Override
    public String name() {
        return "$bucketAuto";
    }

    @Override
    public Cursor open(Cursor input, StageContext context) {
        return new BucketAutoCursor(input, this, context);
    }

    @Override
    public NeededFields neededFields(NeededFields needed) {
        List<Expression> read = new ArrayList<>(List.of(groupBy));
        output.values().forEach(accumulation -> read.add(accumulation.argument()));
        return NeededFields.ofPaths(PathCollector.pathsOf(read));
    }
}

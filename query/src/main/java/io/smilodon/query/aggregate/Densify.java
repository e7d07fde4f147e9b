package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.expression.FieldNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code {$densify: {field, partitionByFields, range: {step, unit, bounds}}}}: documents for the
 * values of a field that a series lacks, in each partition.
 *
 * @param field the numbers or dates
 * @param partitionBy what documents of a partition have in common
 * @param range which values are to be there
 */
record Densify(FieldPath field, List<FieldPath> partitionBy, DensifyRange range) implements Stage {

    Densify {
        partitionBy = List.copyOf(partitionBy);
    }

    static Stage parse(StageOperand operand) {
        if (!(operand.value() instanceof Document options)) {
            throw operand.error(5733400, "The $densify stage specification must be an object");
        }
        OptionNames.check(operand, options, Set.of("field", "range"), Set.of("partitionByFields"));
        FieldPath field = path(operand.child("field", options.get("field")));
        List<FieldPath> partitionBy =
                partitionBy(
                        operand.child("partitionByFields", options.get("partitionByFields")),
                        field);
        StageOperand range = operand.child("range", options.get("range"));
        return new Densify(field, partitionBy, DensifyRange.parse(range, !partitionBy.isEmpty()));
    }

    private static FieldPath path(StageOperand place) {
        if (place.value() instanceof StringValue path) {
            return FieldNames.path(path.value(), place.location());
        }
        throw place.error(ErrorCode.TYPE_MISMATCH, "the field must be a string");
    }

    private static List<FieldPath> partitionBy(StageOperand place, FieldPath field) {
        if (place.value() == Missing.INSTANCE) {
            return List.of();
        }
        if (!(place.value() instanceof ArrayValue names)) {
            throw place.error(ErrorCode.TYPE_MISMATCH, "'partitionByFields' must be an array");
        }
        List<FieldPath> paths = new ArrayList<>();
        for (Value name : names) {
            FieldPath path = path(place.child(Integer.toString(paths.size()), name));
            int common = Math.min(path.length(), field.length());
            if (path.prefix(common).equals(field.prefix(common))) {
                throw place.error(
                        path.length() < field.length() ? 9554500 : 8993000,
                        "'partitionByFields' must not contain the field that is being densified");
            }
            paths.add(path);
        }
        return paths;
    }

    @Override
    public String name() {
        return "$densify";
    }

    @Override
    public Cursor open(Cursor input, StageContext context) {
        return new DensifyCursor(input, this, context.operation());
    }

    @Override
    public NeededFields neededFields(NeededFields output) {
        return output.and(NeededFields.of(partitionBy)).and(NeededFields.of(field));
    }
}

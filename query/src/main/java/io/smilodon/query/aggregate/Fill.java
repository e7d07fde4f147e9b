package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.FieldNames;
import io.smilodon.query.expression.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code {$fill: {partitionBy, partitionByFields, sortBy, output: {field: {value}, other:
 * {method}}}}}: values for fields that are null or missing. The methods are window functions; the
 * values are set after them, and without a method the order of the documents stays.
 *
 * @param stages what does it, one after the other
 */
record Fill(List<Stage> stages) implements Stage {

    private static final Set<String> OPTIONAL =
            Set.of("partitionBy", "partitionByFields", "sortBy");

    Fill {
        stages = List.copyOf(stages);
    }

    static Stage parse(StageOperand operand) {
        if (!(operand.value() instanceof Document options)) {
            throw operand.error(
                    ErrorCode.FAILED_TO_PARSE, "The $fill stage specification must be an object");
        }
        OptionNames.check(operand, options, Set.of("output"), OPTIONAL);
        StageOperand output = operand.child("output", options.get("output"));
        if (!(output.value() instanceof Document fields)) {
            throw output.error(ErrorCode.TYPE_MISMATCH, "'output' must be an object");
        }
        if (fields.isEmpty()) {
            throw output.error(6050203, "$fill requires at least one output field");
        }
        DocumentBuilder functions = Document.builder();
        DocumentBuilder values = Document.builder();
        for (Field field : fields) {
            read(output.child(field.name(), field.value()), field.name(), functions, values);
        }
        List<Stage> stages = new ArrayList<>();
        Expression partition = partition(operand, options);
        if (functions.size() > 0) {
            stages.add(
                    SetWindowFields.of(
                            partition,
                            SetWindowFields.sortBy(operand.child("sortBy", options.get("sortBy"))),
                            functions.build(),
                            output));
        }
        if (values.size() > 0) {
            stages.add(AddFields.parse(output.with(values.build())));
        }
        return new Fill(stages);
    }

    /** Adds the field to those that a window function sets, or to those that get a value. */
    private static void read(
            StageOperand place, String name, DocumentBuilder functions, DocumentBuilder values) {
        if (!(place.value() instanceof Document fill)) {
            throw place.error(6050200, "Each fill specification must be an object");
        }
        OptionNames.check(place, fill, Set.of(), Set.of("method", "value"));
        if (fill.has("method") == fill.has("value")) {
            throw place.error(
                    6050200, "Each fill specification must have exactly one of method and value");
        }
        FieldNames.path(name, place.location());
        Value path = Value.of("$" + name);
        if (fill.has("value")) {
            ArrayValue operands = ArrayValue.of(path, fill.get("value"));
            values.put(name, Document.of("$ifNull", operands));
        } else {
            functions.put(
                    name, Document.of(function(place.child("method", fill.get("method"))), path));
        }
    }

    private static String function(StageOperand method) {
        return switch (method.value() instanceof StringValue text ? text.value() : "") {
            case "linear" -> "$linearFill";
            case "locf" -> "$locf";
            default -> throw method.error(6050202, "Method must be either locf or linear");
        };
    }

    private static Expression partition(StageOperand operand, Document options) {
        StageOperand one = operand.child("partitionBy", options.get("partitionBy"));
        StageOperand many = operand.child("partitionByFields", options.get("partitionByFields"));
        if (many.value() == Missing.INSTANCE) {
            return partitionBy(one);
        }
        if (one.value() != Missing.INSTANCE) {
            throw many.error(
                    6050204, "Maximum one of partitionBy and partitionByFields can be specified");
        }
        if (!(many.value() instanceof ArrayValue names)) {
            throw many.error(ErrorCode.TYPE_MISMATCH, "'partitionByFields' must be an array");
        }
        DocumentBuilder paths = Document.builder();
        for (Value name : names) {
            if (!(name instanceof StringValue path)) {
                throw many.error(ErrorCode.TYPE_MISMATCH, "field names must be strings");
            }
            FieldNames.path(path.value(), many.location());
            // By number: as names, paths with dots would not do.
            paths.put(Integer.toString(paths.size()), "$" + path.value());
        }
        return many.with(paths.build()).expression();
    }

    private static Expression partitionBy(StageOperand place) {
        return switch (place.value()) {
            case Missing absent -> new Literal(NullValue.INSTANCE);
            case Document expression -> place.expression();
            case StringValue path -> place.expression();
            default ->
                    throw place.error(
                            ErrorCode.TYPE_MISMATCH, "'partitionBy' must be a string or an object");
        };
    }

    @Override
    public String name() {
        return "$fill";
    }

    @Override
    public Cursor open(Cursor input, StageContext context) {
        return new Pipeline(stages).open(input, context);
    }

    @Override
    public NeededFields neededFields(NeededFields output) {
        return new Pipeline(stages).neededFields(output);
    }

    @Override
    public boolean letsFilterPass(String field) {
        return stages.stream().allMatch(stage -> stage.letsFilterPass(field));
    }
}

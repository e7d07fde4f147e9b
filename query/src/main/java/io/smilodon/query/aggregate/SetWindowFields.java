package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.aggregate.window.WindowFunction;
import io.smilodon.query.aggregate.window.WindowFunctions;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.FieldNames;
import io.smilodon.query.expression.Literal;
import io.smilodon.query.expression.PathCollector;
import io.smilodon.query.projection.Projection;
import io.smilodon.query.projection.ProjectionParser;
import io.smilodon.query.sort.SortPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code {$setWindowFields: {partitionBy, sortBy, output: {field: {<function>, window}}}}}: fields
 * that depend on the documents around, in the order of the partitions.
 *
 * @param partitionBy what documents of a partition have in common
 * @param sortBy their order
 * @param functions what is computed, each as the variable {@link #variable} of the projection
 * @param output sets the fields
 */
record SetWindowFields(
        Expression partitionBy,
        Optional<SortPattern> sortBy,
        List<WindowFunction> functions,
        Projection output)
        implements Stage {

    private static final Set<String> NAMES = Set.of("partitionBy", "sortBy", "output");

    SetWindowFields {
        functions = List.copyOf(functions);
    }

    static Stage parse(StageOperand operand) {
        Document options = checked(operand);
        StageOperand partition = operand.child("partitionBy", options.get("partitionBy"));
        Expression partitionBy =
                partition.value() == Missing.INSTANCE
                        ? new Literal(NullValue.INSTANCE)
                        : partition.expression();
        Optional<SortPattern> sortBy = sortBy(operand.child("sortBy", options.get("sortBy")));
        StageOperand output = operand.child("output", options.get("output"));
        if (output.value() == Missing.INSTANCE) {
            throw output.error(40414, "the 'output' of $setWindowFields is required");
        }
        if (!(output.value() instanceof Document fields)) {
            throw output.error(ErrorCode.TYPE_MISMATCH, "'output' must be an object");
        }
        return of(partitionBy, sortBy, fields, output);
    }

    private static Document checked(StageOperand operand) {
        if (!(operand.value() instanceof Document options)) {
            throw operand.error(
                    ErrorCode.FAILED_TO_PARSE,
                    "the $setWindowFields stage specification must be an object");
        }
        for (Field option : options) {
            if (!NAMES.contains(option.name())) {
                throw new SmilodonException(
                                ErrorCode.location(40415),
                                "unknown field of $setWindowFields",
                                Map.of("option", option.name()))
                        .at(operand.location().child(option.name()));
            }
        }
        return options;
    }

    static Optional<SortPattern> sortBy(StageOperand place) {
        return switch (place.value()) {
            case Missing absent -> Optional.empty();
            case Document pattern -> Optional.of(SortPattern.parse(pattern, place.location()));
            default -> throw place.error(ErrorCode.TYPE_MISMATCH, "'sortBy' must be an object");
        };
    }

    /** The stage whose output these fields describe. */
    static SetWindowFields of(
            Expression partitionBy,
            Optional<SortPattern> sortBy,
            Document fields,
            StageOperand place) {
        List<WindowFunction> functions = new ArrayList<>();
        DocumentBuilder projection = Document.builder();
        Set<String> variables = new HashSet<>();
        PathsApart paths = new PathsApart();
        for (Field field : fields) {
            Location at = place.location().child(field.name());
            requireRoom(functions.size(), at);
            FieldPath path = FieldNames.path(field.name(), at);
            paths.add(path, at);
            String variable = variable(functions.size());
            variables.add(variable);
            projection.put(field.name(), Value.of("$$" + variable));
            functions.add(WindowFunctions.parse(field.value(), at, place.variables(), sortBy));
        }
        Document written = projection.build();
        Projection output =
                written.isEmpty()
                        ? Projection.identity()
                        : ProjectionParser.addFields(written, place.location(), variables);
        return new SetWindowFields(partitionBy, sortBy, functions, output);
    }

    private static void requireRoom(int functions, Location at) {
        if (functions == ExpressionScope.VARIABLES_MAX) {
            throw new SmilodonException(
                            ErrorCode.FAILED_TO_PARSE,
                            "Too many fields in the 'output' of $setWindowFields",
                            Map.of("max", ExpressionScope.VARIABLES_MAX))
                    .at(at);
        }
    }

    /** The fields of an output, none of which is the same as or inside another. */
    private static final class PathsApart {

        private final Map<FieldPath, FieldPath> byPrefix = new HashMap<>();
        private final Set<FieldPath> whole = new HashSet<>();

        void add(FieldPath path, Location at) {
            for (int length = 1; length <= path.length(); length++) {
                FieldPath prefix = path.prefix(length);
                if (whole.contains(prefix)) {
                    throw conflict(prefix, path, at);
                }
            }
            if (byPrefix.containsKey(path)) {
                throw conflict(byPrefix.get(path), path, at);
            }
            whole.add(path);
            for (int length = 1; length < path.length(); length++) {
                byPrefix.put(path.prefix(length), path);
            }
        }

        private static SmilodonException conflict(FieldPath one, FieldPath other, Location at) {
            return new SmilodonException(
                            ErrorCode.location(6307900),
                            "$setWindowFields 'output' specification contains two conflicting"
                                    + " paths",
                            Map.of("one", one.dotted(), "other", other.dotted()))
                    .at(at);
        }
    }

    /** The variable that stands for a function's result. */
    static String variable(int function) {
        return "window" + function;
    }

    @Override
    public String name() {
        return "$setWindowFields";
    }

    @Override
    public Cursor open(Cursor input, StageContext context) {
        return new SetWindowFieldsCursor(input, this, context);
    }

    @Override
    public NeededFields neededFields(NeededFields needed) {
        List<Expression> read = new ArrayList<>(List.of(partitionBy));
        functions.forEach(function -> read.add(function.argument()));
        return needed.and(NeededFields.ofPaths(PathCollector.pathsOf(read)))
                .and(sortBy.map(NeededFields::of).orElse(NeededFields.NONE));
    }
}

package io.smilodon.query.aggregate.window;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import io.smilodon.query.OperatorTable;
import io.smilodon.query.accumulator.Accumulation;
import io.smilodon.query.accumulator.Accumulators;
import io.smilodon.query.accumulator.TwoStacks;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.sort.SortPattern;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every window function of Smilodon: its own, and all accumulators but one. */
public final class WindowFunctions {

    private static final String WINDOW = "window";

    static final OperatorTable<WindowFunctionFactory> TABLE = table();

    private WindowFunctions() {}

    private static OperatorTable<WindowFunctionFactory> table() {
        OperatorTable.Builder<WindowFunctionFactory> table =
                OperatorTable.<WindowFunctionFactory>builder()
                        .add("$covariancePop", covariance(0))
                        .add("$covarianceSamp", covariance(1))
                        .add("$denseRank", rank(RankFunction.DENSE_RANK))
                        .add("$derivative", ChangeFunctions::derivative)
                        .add("$documentNumber", rank(RankFunction.DOCUMENT_NUMBER))
                        .add("$expMovingAvg", OrderFunctions::movingAverage)
                        .add("$integral", ChangeFunctions::integral)
                        .add("$linearFill", OrderFunctions::linearFill)
                        .add("$locf", OrderFunctions::carriedForward)
                        .add("$minMaxScaler", ChangeFunctions::minMaxScaler)
                        .add("$rank", rank(RankFunction.RANK))
                        .add("$shift", OrderFunctions::shift);
        Accumulators.names().stream()
                .filter(Accumulators::hasWindow)
                .forEach(name -> table.add(name, WindowFunctions::accumulator));
        return table.build();
    }

    /** Every window function's name. */
    public static Set<String> names() {
        return TABLE.names();
    }

    /**
     * Reads {@code {$name: operand, window: …}}, the value of a field of the output.
     *
     * @param sort the order of the documents
     * @throws SmilodonException FailedToParse for what is no window function, and the functions'
     *     own codes
     */
    public static WindowFunction parse(
            Value written, Location location, Set<String> variables, Optional<SortPattern> sort) {
        ExpressionScope scope = ExpressionScope.at(location, variables);
        if (!(written instanceof Document document)) {
            throw scope.error(ErrorCode.FAILED_TO_PARSE, "The field must be an object", Map.of());
        }
        Field function = function(document, scope);
        ExpressionScope inside =
                new ExpressionScope(location.child(function.name()), function.name(), variables, 0);
        return TABLE.find(function.name(), inside.location())
                .orElseThrow(() -> unknown(function.name(), inside))
                .parse(
                        new WindowOperand(
                                function.name(),
                                function.value(),
                                document.get(WINDOW),
                                inside,
                                sort));
    }

    /** The only field besides the window. */
    private static Field function(Document document, ExpressionScope scope) {
        Optional<Field> function = Optional.empty();
        for (Field field : document) {
            if (field.name().equals(WINDOW)) {
                continue;
            }
            if (function.isPresent()) {
                throw scope.child(field.name())
                        .error(
                                ErrorCode.FAILED_TO_PARSE,
                                "The window function found an unknown argument",
                                Map.of("argument", field.name()));
            }
            if (!field.name().startsWith("$")) {
                throw notFunction(scope, field.name());
            }
            function = Optional.of(field);
        }
        return function.orElseThrow(() -> notFunction(scope, ""));
    }

    private static SmilodonException notFunction(ExpressionScope scope, String name) {
        return scope.error(
                ErrorCode.FAILED_TO_PARSE,
                "Expected a $-prefixed window function",
                Map.of("name", name));
    }

    private static SmilodonException unknown(String name, ExpressionScope scope) {
        return TABLE.withSuggestion(
                scope.error(
                        ErrorCode.FAILED_TO_PARSE,
                        "Unrecognized window function",
                        Map.of("name", name)),
                name);
    }

    private static WindowFunction accumulator(WindowOperand operand) {
        Accumulation accumulation =
                Accumulators.parse(new Field(operand.name(), operand.value()), operand.scope());
        if (accumulation.readsGroup()) {
            throw operand.error(
                    ErrorCode.location(5787902), "Value for 'n' must be constant in a window");
        }
        return new SlidingFunction(
                accumulation.argument(),
                WindowParser.parse(operand),
                (rows, context) -> accumulation.slide(context, rows.values()));
    }

    private static WindowFunctionFactory covariance(int degreesLost) {
        CovarianceMerging merging = new CovarianceMerging(degreesLost);
        return operand ->
                new SlidingFunction(
                        operand.scope().parse(operand.value()),
                        WindowParser.parse(operand),
                        (rows, context) -> new TwoStacks<>(rows.values(), merging));
    }

    private static WindowFunctionFactory rank(RankFunction function) {
        return operand -> {
            operand.requireNoWindow(ErrorCode.location(5371601))
                    .requireSingleSort(ErrorCode.location(5371602));
            boolean isEmpty = operand.value() instanceof Document none && none.isEmpty();
            if (!isEmpty) {
                throw operand.error(
                        ErrorCode.location(5371603),
                        "The window function must be specified with '{}' as the value");
            }
            return function;
        };
    }
}

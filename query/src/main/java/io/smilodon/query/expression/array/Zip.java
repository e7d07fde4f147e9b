package io.smilodon.query.expression.array;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.expression.CompoundExpression;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.NamedOperands;
import io.smilodon.query.expression.VariadicExpression;
import io.smilodon.query.value.Growth;
import io.smilodon.query.value.HeldValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code {$zip: {inputs: [<array>, …], useLongestLength: <boolean>, defaults: [<value>, …]}}}: an
 * array of the first elements, one of the second, and so on; as many as the shortest array has, or
 * the longest, with the defaults or null for what others lack. With null or missing it is null.
 */
record Zip(List<Expression> inputs, List<Expression> defaults, boolean isLongest)
        implements CompoundExpression {

    private static final NamedOperands PARTS =
            NamedOperands.of(ErrorCode.location(34460), ErrorCode.location(34464))
                    .required("inputs", ErrorCode.location(34465))
                    .optional("useLongestLength")
                    .optional("defaults");

    Zip {
        inputs = List.copyOf(inputs);
        defaults = List.copyOf(defaults);
    }

    static Expression parse(Value operand, ExpressionScope scope) {
        Document parts = PARTS.check(operand, scope);
        Zip zip =
                new Zip(
                        list(parts.get("inputs"), scope.child("inputs"), 34461),
                        parts.has("defaults")
                                ? list(parts.get("defaults"), scope.child("defaults"), 34462)
                                : List.of(),
                        isLongest(parts.get("useLongestLength"), scope));
        zip.requireConsistent(scope);
        return zip;
    }

    private static List<Expression> list(Value written, ExpressionScope scope, int code) {
        if (!(written instanceof ArrayValue array)) {
            throw scope.error(
                    ErrorCode.location(code),
                    "The argument must be an array of expressions",
                    Map.of("actual", written.type().alias()));
        }
        List<Expression> expressions = new ArrayList<>();
        for (Value element : array) {
            expressions.add(scope.parse(expressions.size(), element));
        }
        return expressions;
    }

    private static boolean isLongest(Value written, ExpressionScope scope) {
        return switch (written) {
            case Missing absent -> false;
            case BooleanValue flag -> flag.value();
            default ->
                    throw scope.child("useLongestLength")
                            .error(
                                    ErrorCode.location(34463),
                                    "useLongestLength must be a bool",
                                    Map.of("actual", written.type().alias()));
        };
    }

    private void requireConsistent(ExpressionScope scope) {
        if (inputs.isEmpty()) {
            throw scope.error(
                    ErrorCode.location(34465), "$zip requires at least one input array", Map.of());
        }
        if (!isLongest && !defaults.isEmpty()) {
            throw scope.error(
                    ErrorCode.location(34466),
                    "cannot specify defaults unless useLongestLength is true",
                    Map.of());
        }
        if (!defaults.isEmpty() && defaults.size() != inputs.size()) {
            throw scope.error(
                    ErrorCode.location(34467),
                    "defaults and inputs must have the same length",
                    Map.of("inputs", inputs.size(), "defaults", defaults.size()));
        }
    }

    @Override
    public Value evaluate(EvaluationContext context) {
        try (HeldValues held = new HeldValues(inputs.size())) {
            List<List<Value>> columns = new ArrayList<>();
            for (Expression input : inputs) {
                Value column = input.evaluate(context);
                if (column.isNullish()) {
                    return NullValue.INSTANCE;
                }
                List<Value> elements = ArrayErrors.requireArray(column, 34468, "$zip").elements();
                held.add(ArrayValue.of(elements)); // read now, if it was stored
                columns.add(elements);
            }
            return zipped(columns, context);
        }
    }

    private Value zipped(List<List<Value>> columns, EvaluationContext context) {
        List<Integer> sizes = columns.stream().map(List::size).sorted().toList();
        int length = isLongest ? sizes.get(sizes.size() - 1) : sizes.get(0);
        List<Value> fillers = VariadicExpression.values(defaults, context);
        fillers.replaceAll(Zip::present);
        Growth growth = Growth.under(1);
        List<Value> rows = new ArrayList<>();
        for (int row = 0; row < length; row++) {
            Steps.take(columns.size());
            Value zipped = row(columns, fillers, row);
            growth.add(zipped);
            rows.add(zipped);
        }
        return ArrayValue.of(rows);
    }

    private static Value row(List<List<Value>> columns, List<Value> fillers, int row) {
        List<Value> values = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            Value filler = fillers.isEmpty() ? NullValue.INSTANCE : fillers.get(i);
            values.add(row < columns.get(i).size() ? columns.get(i).get(row) : filler);
        }
        return ArrayValue.of(values);
    }

    private static Value present(Value value) {
        return value == Missing.INSTANCE ? NullValue.INSTANCE : value;
    }

    @Override
    public List<Expression> operands() {
        List<Expression> all = new ArrayList<>(inputs);
        all.addAll(defaults);
        return all;
    }
}

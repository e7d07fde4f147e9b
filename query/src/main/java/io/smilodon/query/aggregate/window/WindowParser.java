package io.smilodon.query.aggregate.window;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.date.DateUnit;
import io.smilodon.query.sort.SortPattern;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code {documents: [lower, upper]}} and {@code {range: [lower, upper], unit}}. A bound is
 * {@code "unbounded"}, {@code "current"} or a constant number.
 */
final class WindowParser {

    private static final String DOCUMENTS = "documents";
    private static final String RANGE = "range";
    private static final String UNIT = "unit";
    private static final Set<String> NAMES = Set.of(DOCUMENTS, RANGE, UNIT);
    private static final NumberValue ZERO = new Int32Value(0);

    private final ExpressionScope scope;
    private final Optional<SortPattern> sort;

    private WindowParser(ExpressionScope scope, Optional<SortPattern> sort) {
        this.scope = scope;
        this.sort = sort;
    }

    /** The window of a function; the whole partition if it has none. */
    static Window parse(WindowOperand operand) {
        ExpressionScope scope =
                new ExpressionScope(
                        operand.scope().location(), "window", operand.scope().variables(), 0);
        return operand.window() == Missing.INSTANCE
                ? Window.EVERYTHING
                : new WindowParser(scope, operand.sort()).read(operand.window());
    }

    private Window read(Value written) {
        if (!(written instanceof Document window)) {
            throw error("'window' field must be an object");
        }
        for (Field field : window) {
            if (!NAMES.contains(field.name())) {
                throw error("'window' field can only contain 'documents', or 'range' and 'unit'");
            }
        }
        if (window.has(DOCUMENTS) == window.has(RANGE)) {
            throw error("'window' field must contain either 'documents' or 'range'");
        }
        return window.has(RANGE) ? range(window) : documents(window);
    }

    private Window documents(Document window) {
        if (window.has(UNIT)) {
            throw error("'unit' is only allowed with 'range' bounds");
        }
        Window read = bounds(window.get(DOCUMENTS), scope.child(DOCUMENTS), Optional.empty());
        requireWhole(read, "Numeric document-based bounds must be an integer");
        if (sort.isEmpty() && !read.isWholePartition()) {
            throw scope.error(
                    ErrorCode.location(5339901),
                    "Document-based bounds require a sortBy",
                    Map.of());
        }
        return read;
    }

    private Window range(Document window) {
        Optional<DateUnit> unit =
                window.has(UNIT)
                        ? Optional.of(WindowOperand.unit(window.get(UNIT), scope.child(UNIT)))
                        : Optional.empty();
        Window read = bounds(window.get(RANGE), scope.child(RANGE), unit);
        if (unit.isPresent()) {
            requireWhole(read, "With 'unit', range-based bounds must be an integer");
        }
        if (sort.isEmpty() || sort.get().parts().size() != 1) {
            throw scope.error(
                    ErrorCode.location(5339902),
                    "Range-based bounds require sortBy a single field",
                    Map.of());
        }
        if (!sort.get().parts().getFirst().isAscending()) {
            throw scope.error(
                    ErrorCode.location(8947401),
                    "Range-based bounds require an ascending sortBy",
                    Map.of());
        }
        return new Window(true, read.lower(), read.upper(), unit);
    }

    private void requireWhole(Window window, String text) {
        for (Bound bound : new Bound[] {window.lower(), window.upper()}) {
            if (bound instanceof Bound.Offset offset && !offset.distance().isIntegral()) {
                throw error(text);
            }
        }
    }

    private Window bounds(Value written, ExpressionScope place, Optional<DateUnit> unit) {
        if (!(written instanceof ArrayValue pair) || pair.size() != 2) {
            throw error("Window bounds must be a 2-element array");
        }
        Bound lower = bound(pair.get(0), place);
        Bound upper = bound(pair.get(1), place);
        boolean areNumbers =
                !(lower instanceof Bound.Unbounded) && !(upper instanceof Bound.Unbounded);
        if (areNumbers && ValueOrder.ASCENDING.compare(distance(lower), distance(upper)) > 0) {
            throw place.error(
                    ErrorCode.location(5339900),
                    "Lower bound must not exceed upper bound",
                    Map.of());
        }
        return new Window(false, lower, upper, unit);
    }

    private static NumberValue distance(Bound bound) {
        return bound instanceof Bound.Offset offset ? offset.distance() : ZERO;
    }

    private Bound bound(Value written, ExpressionScope place) {
        if (written instanceof StringValue word && word.value().equals("unbounded")) {
            return new Bound.Unbounded();
        }
        if (written instanceof StringValue word && word.value().equals("current")) {
            return new Bound.Current();
        }
        if (WindowOperand.constant(written, place) instanceof NumberValue distance) {
            return new Bound.Offset(distance);
        }
        throw error("Window bounds must be 'unbounded', 'current' or a number");
    }

    private SmilodonException error(String text) {
        return scope.error(ErrorCode.FAILED_TO_PARSE, text, Map.of());
    }
}

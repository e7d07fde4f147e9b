package io.smilodon.query.projection;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.OperatorTable;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.FieldNames;
import io.smilodon.query.value.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes a written projection apart into its paths: {@code {a: {b: 1}}} is {@code {"a.b": 1}}.
 *
 * @param own the operators that are not expressions
 * @param hasSwitches whether numbers and booleans include and exclude, or stand for themselves
 */
record LeafParser(OperatorTable<FieldOperator> own, boolean hasSwitches) {

    LeafParser(OperatorTable<FieldOperator> own) {
        this(own, true);
    }

    /** Every value is an expression. */
    static LeafParser ofComputed() {
        return new LeafParser(FindOperators.NONE, false);
    }

    List<Leaf> parse(Document written, ExpressionScope scope) {
        List<Leaf> leaves = new ArrayList<>();
        collect(written, new Place(List.of(), scope), leaves);
        return leaves;
    }

    private record Place(List<String> steps, ExpressionScope scope) {

        Place child(String name) {
            ExpressionScope inside = scope.child(name);
            Unsupported.requireNoPosition(name, inside);
            List<String> longer = new ArrayList<>(steps);
            longer.addAll(FieldNames.path(name, inside.location()).steps());
            return new Place(longer, inside);
        }

        Location location() {
            return scope.location();
        }
    }

    private void collect(Document written, Place place, List<Leaf> leaves) {
        for (Field field : written) {
            Place inside = place.child(field.name());
            if (field.value() instanceof Document document && !isOperator(document)) {
                requireFields(document, inside);
                collect(document, inside, leaves);
            } else {
                leaves.add(
                        new Leaf(
                                new FieldPath(inside.steps),
                                action(field.value(), inside),
                                inside.location()));
            }
        }
    }

    private static boolean isOperator(Document document) {
        return !document.isEmpty() && document.iterator().next().name().startsWith("$");
    }

    private void requireFields(Document document, Place place) {
        if (document.isEmpty()) {
            throw place.scope.error(
                    ErrorCode.location(hasSwitches ? 51270 : 40180),
                    "An empty sub-projection is not a valid value",
                    Map.of("path", String.join(".", place.steps)));
        }
    }

    private Action action(Value written, Place place) {
        boolean isSwitch = written instanceof NumberValue || written instanceof BooleanValue;
        if (hasSwitches && isSwitch) {
            return Truth.of(written) ? new Action.Keep() : new Action.Drop();
        }
        if (written instanceof Document document && document.size() == 1) {
            Field only = document.iterator().next();
            Optional<Action> action =
                    own.find(only.name())
                            .flatMap(
                                    operator ->
                                            operator.parse(
                                                    only.value(), place.scope.child(only.name())));
            if (action.isPresent()) {
                return action.get();
            }
        }
        return new Action.Compute(place.scope.parse(written));
    }
}

package io.smilodon.query.projection;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.OperatorTable;
import io.smilodon.query.expression.ExpressionParser;
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
 * @param language where the projection stands decides what may be written
 */
record LeafParser(LeafParser.Language language) {

    private static final ErrorCode UNKNOWN_EXPRESSION = ErrorCode.location(31325);

    /** What a projection may say. */
    enum Language {
        /** Everything. */
        FIND(FindOperators.TABLE),
        /** Inclusion, exclusion and expressions: {@code $project}. */
        STAGE(FindOperators.NONE),
        /** Expressions only, numbers and booleans among them: {@code $addFields}. */
        COMPUTED(FindOperators.NONE);

        private final OperatorTable<FieldOperator> own;

        Language(OperatorTable<FieldOperator> own) {
            this.own = own;
        }

        private boolean hasSwitches() {
            return this != COMPUTED;
        }
    }

    List<Leaf> parse(Document written, ExpressionScope scope) {
        List<Leaf> leaves = new ArrayList<>();
        collect(written, new Place(List.of(), scope), leaves);
        return leaves;
    }

    private record Place(List<String> steps, ExpressionScope scope) {

        Place child(String name) {
            return child(name, scope.child(name));
        }

        Place child(String path, ExpressionScope inside) {
            List<String> longer = new ArrayList<>(steps);
            longer.addAll(FieldNames.path(path, inside.location()).steps());
            return new Place(longer, inside);
        }

        Leaf leaf(Action action) {
            return new Leaf(new FieldPath(steps), action, scope.location());
        }
    }

    private void collect(Document written, Place place, List<Leaf> leaves) {
        for (Field field : written) {
            if (language.hasSwitches() && Positions.isIn(field.name())) {
                leaves.add(matched(field, place));
                continue;
            }
            Place inside = place.child(field.name());
            if (field.value() instanceof Document document && !isOperator(document)) {
                requireFields(document, inside);
                collect(document, inside, leaves);
            } else {
                leaves.add(inside.leaf(action(field.value(), inside)));
            }
        }
    }

    private Leaf matched(Field field, Place place) {
        ExpressionScope scope = place.scope.child(field.name());
        if (language != Language.FIND) {
            throw Positions.inStage(scope);
        }
        return place.child(Positions.path(field, scope), scope).leaf(new Action.KeepMatched());
    }

    private static boolean isOperator(Document document) {
        return !document.isEmpty() && document.iterator().next().name().startsWith("$");
    }

    private void requireFields(Document document, Place place) {
        if (document.isEmpty()) {
            throw place.scope.error(
                    ErrorCode.location(language.hasSwitches() ? 51270 : 40180),
                    "An empty sub-projection is not a valid value",
                    Map.of("path", String.join(".", place.steps)));
        }
    }

    private Action action(Value written, Place place) {
        boolean isSwitch = written instanceof NumberValue || written instanceof BooleanValue;
        if (language.hasSwitches() && isSwitch) {
            return Truth.of(written) ? new Action.Keep() : new Action.Drop();
        }
        if (written instanceof Document document && document.size() == 1) {
            return operator(document.iterator().next(), document, place);
        }
        return computed(written, place);
    }

    private Action operator(Field only, Document written, Place place) {
        ExpressionScope inside = place.scope.child(only.name());
        Optional<Action> action =
                language.own
                        .find(only.name(), inside.location())
                        .flatMap(operator -> operator.parse(only.value(), inside));
        action.ifPresent(own -> requireTopLevel(own, place));
        if (action.isEmpty() && language.hasSwitches() && isUnknown(only.name())) {
            throw ExpressionParser.withSuggestion(
                    inside.error(
                            UNKNOWN_EXPRESSION, "Unknown expression", Map.of("name", only.name())),
                    only.name());
        }
        return action.orElseGet(() -> computed(written, place));
    }

    /**
     * In a stage {@code $elemMatch} is an expression that nobody knows, with the number of such.
     */
    private static boolean isUnknown(String name) {
        return !ExpressionParser.isOperator(name) && !FindOperators.TABLE.has(name);
    }

    private static void requireTopLevel(Action action, Place place) {
        if (place.steps.size() > 1 && action instanceof Action.Transform one && one.selects()) {
            throw place.scope.error(
                    ErrorCode.location(31275),
                    "Cannot use $elemMatch projection on a nested field.",
                    Map.of("path", String.join(".", place.steps)));
        }
    }

    private static Action computed(Value written, Place place) {
        boolean isOperator = written instanceof Document;
        return new Action.Compute(
                place.scope.parse(written), isOperator ? Action.Form.OPERATOR : Action.Form.VALUE);
    }
}

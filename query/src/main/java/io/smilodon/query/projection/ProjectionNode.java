package io.smilodon.query.projection;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.Steps;
import io.smilodon.query.expression.EvaluationContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One level of a projection: what happens to the fields of a document. It first decides on the
 * fields that are there, in the document's order, and then sets the computed ones, in the
 * projection's order. Arrays are gone through, at any depth. Values that stay are shared, not
 * copied. Immutable and thread-safe.
 *
 * @param actions by field, in the order of the projection
 */
record ProjectionNode(ProjectionKind kind, Map<String, Action> actions) {

    private static final String ID = "_id";

    ProjectionNode {
        actions = Collections.unmodifiableMap(new LinkedHashMap<>(actions));
    }

    /** The same where values compare in this order; computed fields learn of it elsewhere. */
    ProjectionNode under(ValueOrder order) {
        Map<String, Action> ordered = new LinkedHashMap<>(actions);
        ordered.replaceAll(
                (name, action) ->
                        switch (action) {
                            case Action.Inside inside ->
                                    new Action.Inside(inside.node().under(order));
                            case Action.Transform transform -> transform.under(order);
                            default -> action;
                        });
        return new ProjectionNode(kind, ordered);
    }

    Document apply(Document document, EvaluationContext context) {
        Document selected = kind == ProjectionKind.ADDITION ? document : select(document, false);
        return computes() ? compute(selected, Computation.of(context)) : selected;
    }

    /** Whether a field is set here or further in. */
    boolean computes() {
        for (Action action : actions.values()) {
            if (action instanceof Action.Compute
                    || action instanceof Action.Inside inside && inside.node().computes()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Decides on the fields that are there.
     *
     * @param isNested whether the document is inside an array that is itself an element: there
     *     {@code $slice} leaves arrays alone, as in MongoDB
     */
    private Document select(Document document, boolean isNested) {
        DocumentBuilder kept = Document.builder();
        for (Field field : document) {
            Action action = actions.get(field.name());
            if (action != null) {
                kept.put(field.name(), selected(action, field.value(), isNested));
            } else if (kind.keepsOthers()) {
                kept.put(field.name(), field.value());
            }
        }
        return kept.build();
    }

    private static Value selected(Action action, Value value, boolean isNested) {
        return switch (action) {
            case Action.Keep same -> value;
            case Action.KeepMatched later -> value;
            case Action.Drop gone -> Missing.INSTANCE;
            case Action.Transform transform ->
                    isNested ? value : transform.transformation().apply(value);
            case Action.Compute later -> Missing.INSTANCE;
            case Action.Inside inside -> inside.node().selectValue(value, isNested);
        };
    }

    private Value selectValue(Value value, boolean isNested) {
        return switch (value) {
            case Document document -> select(document, isNested);
            case ArrayValue array -> selectElements(array, isNested);
            default -> kind.keepsOthers() ? value : Missing.INSTANCE;
        };
    }

    /** Elements that are no documents go, unless computed fields will take their places. */
    private Value selectElements(ArrayValue array, boolean isNested) {
        List<Value> kept = new ArrayList<>();
        boolean keepsPlaces = computes();
        for (Value element : array) {
            Steps.take();
            Value selected = selectValue(element, isNested || element instanceof ArrayValue);
            if (selected != Missing.INSTANCE) {
                kept.add(selected);
            } else if (keepsPlaces) {
                kept.add(NullValue.INSTANCE);
            }
        }
        return ArrayValue.of(kept);
    }

    private Document compute(Document document, Computation computation) {
        Map<String, Value> fields = new LinkedHashMap<>();
        if (kind == ProjectionKind.INCLUSION && actions.get(ID) instanceof Action.Compute) {
            fields.put(ID, Missing.INSTANCE); // its place is the first
        }
        document.forEach(field -> fields.put(field.name(), field.value()));
        actions.forEach(
                (name, action) -> {
                    if (action instanceof Action.Compute computed) {
                        fields.put(name, computation.value(computed.expression()));
                    } else if (action instanceof Action.Inside inside && inside.node().computes()) {
                        Value old = fields.getOrDefault(name, Missing.INSTANCE);
                        fields.put(name, inside.node().computeValue(old, computation.deeper()));
                    }
                });
        DocumentBuilder builder = Document.builder();
        fields.forEach(builder::put);
        return builder.build();
    }

    /** A value that is no document gives way to one with the computed fields. */
    private Value computeValue(Value value, Computation computation) {
        return switch (value) {
            case Document document -> compute(document, computation);
            case ArrayValue array -> computeElements(array, computation.deeper());
            default -> compute(Document.EMPTY, computation);
        };
    }

    private Value computeElements(ArrayValue array, Computation computation) {
        List<Value> computed = new ArrayList<>();
        for (Value element : array) {
            Steps.take();
            computed.add(computeValue(element, computation));
        }
        return ArrayValue.of(computed);
    }
}

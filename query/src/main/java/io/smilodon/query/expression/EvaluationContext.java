package io.smilodon.query.expression;

import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.Steps;
import io.smilodon.query.value.MemorySize;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What an expression can see: the document, the variables around it, the instant of the operation
 * and how its strings compare. Immutable: binding a variable makes a new context.
 */
public final class EvaluationContext {

    private final Document root;
    private final Operation operation;
    private final EvaluationContext outer;
    private final String name;
    private final Value value;

    private EvaluationContext(
            Document root, Operation operation, EvaluationContext outer, Field binding) {
        this.root = root;
        this.operation = operation;
        this.outer = outer;
        this.name = binding.name;
        this.value = binding.value;
    }

    private record Field(String name, Value value) {}

    /**
     * What all contexts of an operation share.
     *
     * @param steps the count of the thread that began it
     */
    private record Operation(DateValue now, ValueOrder order, Steps steps) {}

    /** A context without variables of the user, in which strings compare by their bytes. */
    public static EvaluationContext of(Document root, DateValue now) {
        return of(root, now, ValueOrder.ASCENDING);
    }

    /** A context without variables of the user. */
    public static EvaluationContext of(Document root, DateValue now, ValueOrder order) {
        Operation operation = new Operation(now, order, Steps.ofThread());
        return new EvaluationContext(root, operation, null, new Field("", Missing.INSTANCE));
    }

    /** The same variables around another document. */
    public EvaluationContext on(Document document) {
        return new EvaluationContext(document, operation, outer, new Field(name, value));
    }

    /** This context with one more variable, which hides an outer one of its name. */
    public EvaluationContext with(String variable, Value bound) {
        return new EvaluationContext(root, operation, this, new Field(variable, bound));
    }

    /**
     * This context with the values of expressions, none of which sees another one.
     *
     * @param keeper is told each value, and may refuse it
     */
    public EvaluationContext withAll(Map<String, Expression> variables, Consumer<Value> keeper) {
        EvaluationContext inner = this;
        for (Map.Entry<String, Expression> variable : variables.entrySet()) {
            Value bound = variable.getValue().evaluate(this);
            keeper.accept(bound);
            inner = inner.with(variable.getKey(), bound);
        }
        return inner;
    }

    /** The same variables, where values compare in this order. */
    public EvaluationContext under(ValueOrder other) {
        return new EvaluationContext(
                root,
                new Operation(operation.now, other, operation.steps),
                outer,
                new Field(name, value));
    }

    /** How values compare: by the collation of the operation. */
    public ValueOrder order() {
        return operation.order;
    }

    /** {@code $$ROOT}: the document that the stage works on. */
    public Document root() {
        return root;
    }

    /** {@code $$NOW}: one instant for the whole operation. */
    public DateValue now() {
        return operation.now;
    }

    /** Counts an operator that is evaluated. */
    void takeStep() {
        operation.steps.takeHere();
    }

    /** About how much memory the values of the variables take. */
    public long variablesBytes() {
        long bytes = 0;
        for (EvaluationContext frame = this; frame.outer != null; frame = frame.outer) {
            bytes += MemorySize.of(frame.value);
        }
        return bytes;
    }

    /** A variable of the user, {@code Missing} if it is not bound. */
    public Value variable(String variable) {
        for (EvaluationContext frame = this; frame != null; frame = frame.outer) {
            if (frame.name.equals(variable)) {
                return frame.value;
            }
        }
        return Missing.INSTANCE;
    }
}

package io.smilodon.query.expression;

import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;

/**
 * What an expression can see: the document, the variables around it, and the instant of the
 * operation. Immutable: binding a variable makes a new context.
 */
public final class EvaluationContext {

    private final Document root;
    private final DateValue now;
    private final EvaluationContext outer;
    private final String name;
    private final Value value;

    private EvaluationContext(
            Document root, DateValue now, EvaluationContext outer, Field binding) {
        this.root = root;
        this.now = now;
        this.outer = outer;
        this.name = binding.name;
        this.value = binding.value;
    }

    private record Field(String name, Value value) {}

    /** A context without variables of the user. */
    public static EvaluationContext of(Document root, DateValue now) {
        return new EvaluationContext(root, now, null, new Field("", Missing.INSTANCE));
    }

    /** The same variables around another document. */
    public EvaluationContext on(Document document) {
        return new EvaluationContext(document, now, outer, new Field(name, value));
    }

    /** This context with one more variable, which hides an outer one of its name. */
    public EvaluationContext with(String variable, Value bound) {
        return new EvaluationContext(root, now, this, new Field(variable, bound));
    }

    /** {@code $$ROOT}: the document that the stage works on. */
    public Document root() {
        return root;
    }

    /** {@code $$NOW}: one instant for the whole operation. */
    public DateValue now() {
        return now;
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

package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.expression.EvaluationContext;

/** Hands on what {@code $redact} leaves of the documents of its input. */
final class RedactCursor implements Cursor {

    private final Cursor input;
    private final Redact redact;
    private final EvaluationContext variables;
    private final OperationContext operation;
    private Document current = Document.EMPTY;

    RedactCursor(
            Cursor input, Redact redact, EvaluationContext variables, OperationContext operation) {
        this.input = input;
        this.redact = redact;
        this.variables = variables;
        this.operation = operation;
    }

    @Override
    public boolean advance() {
        while (input.advance()) {
            operation.checkAlive();
            if (redact.redacted(input.current(), variables) instanceof Document left) {
                current = left;
                return true;
            }
        }
        return false;
    }

    @Override
    public Document current() {
        return current;
    }

    @Override
    public void close() {
        input.close();
    }
}

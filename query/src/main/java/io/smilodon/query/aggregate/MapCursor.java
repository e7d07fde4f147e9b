package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.projection.Projection;
import java.util.function.UnaryOperator;

/** Makes one document of each of its input. */
final class MapCursor implements Cursor {

    private final Cursor input;
    private final UnaryOperator<Document> function;
    private Document current = Document.EMPTY;

    MapCursor(Cursor input, UnaryOperator<Document> function) {
        this.input = input;
        this.function = function;
    }

    static MapCursor projecting(Cursor input, Projection projection, EvaluationContext evaluation) {
        return new MapCursor(input, document -> projection.apply(evaluation.on(document)));
    }

    @Override
    public boolean advance() {
        if (!input.advance()) {
            return false;
        }
        current = function.apply(input.current());
        return true;
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

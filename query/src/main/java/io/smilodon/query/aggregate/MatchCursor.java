package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.predicate.Predicate;

/** Hands on the documents of its input that match. */
final class MatchCursor implements Cursor {

    private final Cursor input;
    private final Predicate filter;
    private final StageContext context;

    MatchCursor(Cursor input, Predicate filter, StageContext context) {
        this.input = input;
        this.filter = filter.within(context.evaluation());
        this.context = context;
    }

    @Override
    public boolean advance() {
        while (input.advance()) {
            if (filter.matches(input.current())) {
                return true;
            }
            context.operation().checkAlive();
        }
        return false;
    }

    @Override
    public Document current() {
        return input.current();
    }

    @Override
    public void close() {
        input.close();
    }
}

package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.StoredFilter;

/** Hands on the documents of its input that match. */
final class MatchCursor implements Cursor {

    private final Cursor input;
    private final StoredFilter filter;
    private final StageContext context;

    MatchCursor(Cursor input, Predicate filter, StageContext context) {
        this.input = input;
        this.filter = new StoredFilter(filter.within(context.evaluation()));
        this.context = context;
    }

    @Override
    public boolean advance() {
        while (input.advance()) {
            if (filter.matches(input.passing())) {
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
    public Document passing() {
        return input.passing();
    }

    @Override
    public void close() {
        input.close();
    }
}

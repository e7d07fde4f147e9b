package io.smilodon.query.exec;

import io.smilodon.engine.value.Document;
import io.smilodon.query.projection.Projection;

/** What a projection leaves of each document of its input. */
final class ProjectCursor implements Cursor {

    private final Cursor input;
    private final Projection projection;
    private final StageScope scope;
    private Document current = Document.EMPTY;

    ProjectCursor(Cursor input, Projection projection, StageScope scope) {
        this.input = input;
        this.projection = projection;
        this.scope = scope;
    }

    @Override
    public boolean advance() {
        if (!input.advance()) {
            return false;
        }
        current = projection.apply(scope.operation().evaluationOn(input.current()));
        scope.counts().countReturned();
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

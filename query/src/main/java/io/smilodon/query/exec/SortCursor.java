package io.smilodon.query.exec;

import io.smilodon.engine.value.Document;
import io.smilodon.query.plan.PlanStage;

/** All documents of the input in order. */
final class SortCursor implements Cursor {

    private final Cursor input;
    private final StageScope scope;
    private final DocumentSort sort;
    private boolean isRead;

    SortCursor(Cursor input, PlanStage.Sort stage, StageScope scope) {
        this.input = input;
        this.scope = scope;
        this.sort =
                new DocumentSort(
                        stage.pattern(), stage.limit(), stage.stageName(), scope.operation());
    }

    @Override
    public boolean advance() {
        if (!isRead) {
            isRead = true;
            sort.addAll(input);
        }
        boolean isThere = sort.advance();
        scope.counts().countDisk(sort.usedDisk());
        if (isThere) {
            scope.counts().countReturned();
        }
        return isThere;
    }

    @Override
    public Document current() {
        return sort.current();
    }

    @Override
    public void close() {
        sort.close();
        input.close();
    }
}

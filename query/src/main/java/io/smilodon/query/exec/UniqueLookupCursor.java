package io.smilodon.query.exec;

import io.smilodon.engine.value.Document;
import io.smilodon.query.plan.PlanStage;
import java.util.Optional;

/** The document with a key of a unique index. Not thread-safe. */
final class UniqueLookupCursor implements Cursor {

    private final PlanStage.UniqueLookup stage;
    private final StageScope scope;
    private boolean isRead;
    private Document current = Document.EMPTY;

    UniqueLookupCursor(PlanStage.UniqueLookup stage, StageScope scope) {
        this.stage = stage;
        this.scope = scope;
    }

    @Override
    public boolean advance() {
        if (isRead) {
            return false;
        }
        isRead = true;
        scope.operation().checkAlive();
        Optional<byte[]> id = scope.view().idOf(stage.index().definition(), stage.key());
        if (id.isEmpty()) {
            return false;
        }
        scope.counts().countKey();
        return scope.view().fetch(id.get()).filter(this::isWanted).isPresent();
    }

    private boolean isWanted(Document found) {
        scope.counts().countDocument();
        boolean isWanted = stage.filter().matches(found);
        if (isWanted) {
            current = found;
            scope.counts().countReturned();
        }
        return isWanted;
    }

    @Override
    public Document current() {
        return current;
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}

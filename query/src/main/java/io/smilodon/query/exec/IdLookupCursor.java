package io.smilodon.query.exec;

import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.plan.PlanStage;
import io.smilodon.query.predicate.Predicate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The documents with certain ids. */
final class IdLookupCursor implements Cursor {

    private final StageScope scope;
    private final Predicate filter;
    private final Iterator<Value> ids;
    private final Liveness liveness;
    private Document current = Document.EMPTY;

    IdLookupCursor(PlanStage.IdLookup stage, StageScope scope) {
        this.scope = scope;
        this.filter = stage.filter();
        this.liveness = new Liveness(scope.operation());
        List<Value> inOrder = new ArrayList<>(stage.ids());
        if (stage.direction() == Direction.BACKWARD) {
            Collections.reverse(inOrder);
        }
        this.ids = inOrder.iterator();
    }

    @Override
    public boolean advance() {
        while (ids.hasNext()) {
            liveness.step();
            Optional<Document> found = scope.view().fetch(IdKeys.of(ids.next()));
            scope.counts().countKey();
            if (found.isPresent()) {
                scope.counts().countDocument();
                if (filter.matches(found.get())) {
                    current = found.get();
                    scope.counts().countReturned();
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public Document current() {
        return current;
    }

    @Override
    public void close() {}
}

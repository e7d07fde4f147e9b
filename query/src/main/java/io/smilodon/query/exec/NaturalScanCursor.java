package io.smilodon.query.exec;

import io.smilodon.engine.value.Document;
import io.smilodon.query.plan.PlanStage;
import io.smilodon.query.predicate.Predicate;

/** The documents of a collection in its natural order, those that match. */
final class NaturalScanCursor implements Cursor {

    private final Cursor documents;
    private final Predicate filter;
    private final StageCounts counts;
    private final Liveness liveness;
    private Document current = Document.EMPTY;

    NaturalScanCursor(PlanStage.NaturalScan stage, StageScope scope) {
        this.documents = scope.view().scanNatural(stage.direction());
        this.filter = stage.filter();
        this.counts = scope.counts();
        this.liveness = new Liveness(scope.operation());
    }

    @Override
    public boolean advance() {
        while (documents.advance()) {
            liveness.step();
            counts.countDocument();
            current = documents.current();
            if (filter.matches(current)) {
                counts.countReturned();
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
        documents.close();
    }
}

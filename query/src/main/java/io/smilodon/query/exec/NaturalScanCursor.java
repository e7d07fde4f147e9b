package io.smilodon.query.exec;

import io.smilodon.engine.value.Document;
import io.smilodon.query.plan.PlanStage;
import io.smilodon.query.predicate.StoredFilter;

/** The documents of a collection in its natural order, those that match. */
final class NaturalScanCursor implements Cursor {

    private final Cursor documents;
    private final StoredFilter filter;
    private final StageCounts counts;
    private final Liveness liveness;

    NaturalScanCursor(PlanStage.NaturalScan stage, StageScope scope) {
        this.documents = scope.view().scanNatural(stage.direction());
        this.filter = new StoredFilter(stage.filter());
        this.counts = scope.counts();
        this.liveness = new Liveness(scope.operation());
    }

    @Override
    public boolean advance() {
        while (documents.advance()) {
            liveness.step();
            counts.countDocument();
            if (filter.matches(documents.passing())) {
                counts.countReturned();
                return true;
            }
        }
        return false;
    }

    @Override
    public Document current() {
        return documents.current();
    }

    @Override
    public Document passing() {
        return documents.passing();
    }

    @Override
    public void close() {
        documents.close();
    }
}

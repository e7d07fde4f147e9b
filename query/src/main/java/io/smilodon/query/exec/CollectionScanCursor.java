package io.smilodon.query.exec;

import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.index.key.Interval;
import io.smilodon.query.plan.PlanStage;
import io.smilodon.query.predicate.StoredFilter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The documents of a collection in order of {@code _id}, range after range. */
final class CollectionScanCursor implements Cursor {

    private final StageScope scope;
    private final Direction direction;
    private final StoredFilter filter;
    private final Iterator<Interval> ranges;
    private final Liveness liveness;
    private Optional<Cursor> range = Optional.empty();

    CollectionScanCursor(PlanStage.CollectionScan stage, StageScope scope) {
        this.scope = scope;
        this.direction = stage.direction();
        this.filter = new StoredFilter(stage.filter());
        this.liveness = new Liveness(scope.operation());
        List<Interval> inOrder = new ArrayList<>(stage.ids().intervals());
        if (direction == Direction.BACKWARD) {
            Collections.reverse(inOrder);
        }
        this.ranges = inOrder.iterator();
    }

    @Override
    public boolean advance() {
        while (range.isPresent() || openNext()) {
            Cursor documents = range.get();
            while (documents.advance()) {
                liveness.step();
                scope.counts().countDocument();
                if (filter.matches(documents.passing())) {
                    scope.counts().countReturned();
                    return true;
                }
            }
            close();
        }
        return false;
    }

    private boolean openNext() {
        if (!ranges.hasNext()) {
            return false;
        }
        range = Optional.of(scope.view().scan(IdKeys.range(ranges.next()), direction));
        return true;
    }

    @Override
    public Document current() {
        return range.orElseThrow().current();
    }

    @Override
    public Document passing() {
        return range.orElseThrow().passing();
    }

    @Override
    public void close() {
        range.ifPresent(Cursor::close);
        range = Optional.empty();
    }
}

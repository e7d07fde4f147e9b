package io.smilodon.query.exec;

import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexCursor;
import io.smilodon.index.key.IndexKey;
import io.smilodon.query.plan.EntryStage;
import io.smilodon.query.plan.KeyFilter;
import java.util.Optional;

/** The first entry of each run of entries that are alike in their first parts. */
final class DistinctScanCursor implements EntryCursor {

    private final IndexCursor entries;
    private final Optional<KeyFilter> filter;
    private final int parts;
    private final boolean keepsNulls;
    private final StageCounts counts;
    private final Liveness liveness;
    private boolean isAtEntry;

    DistinctScanCursor(EntryStage.DistinctScan stage, StageScope scope) {
        EntryStage.IndexScan scan = stage.scan();
        this.filter = scan.filter();
        this.parts = stage.parts();
        this.keepsNulls = stage.keepsNulls();
        this.counts = scope.counts();
        this.liveness = new Liveness(scope.operation());
        this.entries =
                scope.view().openIndex(scan.index().definition(), scan.bounds(), scan.direction());
    }

    @Override
    public boolean advance() {
        if (isAtEntry && !isKept()) {
            entries.skipAlike(parts);
        }
        isAtEntry = false;
        while (!isAtEntry && entries.advance()) {
            liveness.step();
            isAtEntry = filter.isEmpty() || filter.get().matches(entries.key());
        }
        if (isAtEntry) {
            counts.countReturned();
        }
        counts.keysExamined(entries.keysExamined());
        return isAtEntry;
    }

    private boolean isKept() {
        if (!keepsNulls) {
            return false;
        }
        Value value = entries.key(parts - 1);
        return value instanceof NullValue || value instanceof UndefinedValue;
    }

    @Override
    public byte[] id() {
        return entries.idKey();
    }

    @Override
    public IndexKey key() {
        return entries.key();
    }

    @Override
    public void close() {
        entries.close();
    }
}

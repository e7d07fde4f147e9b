package io.smilodon.engine.store;

import io.smilodon.engine.compaction.CompactionTarget;
import io.smilodon.engine.compaction.Levels;

/** The current tables, as compaction sees them. Thread-safe. */
record LiveLevels(Tables tables, History history) implements CompactionTarget {

    @Override
    public Levels levels() {
        return tables.current().levels();
    }

    @Override
    public long horizon() {
        return history.horizon();
    }

    @Override
    public void compacted(Change change) {
        tables.compacted(change);
    }
}

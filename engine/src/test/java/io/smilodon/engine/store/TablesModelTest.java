package io.smilodon.engine.store;

import io.smilodon.engine.compaction.Levels;
import io.smilodon.engine.entry.Entry;
import io.smilodon.engine.memtable.SlabPool;
import java.util.Optional;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Pinning a view beside the thread that commits and replaces it, by Lincheck. */
@Isolated("Lincheck changes classes while it runs")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public class TablesModelTest {

    private static final byte[] KEY = {1};

    private final Tables tables =
            new Tables(
                    Levels.EMPTY,
                    new Tables.Readable(0, 0),
                    new SnapshotAges(60_000, () -> 0),
                    new SlabPool(1 << 20));
    private long sequence;

    @Operation(nonParallelGroup = "log thread")
    public void commit() {
        sequence++;
        tables.active().add(KEY, Optional.of(KEY), sequence);
        tables.publish(sequence);
    }

    @Operation(nonParallelGroup = "log thread")
    public void freeze() {
        tables.freeze(sequence);
    }

    /** The newest commit that a reader sees; a reference that is missing or left over throws. */
    @Operation
    public long read() {
        Tables.Pin pin = tables.pin();
        try {
            return pin.view().find(KEY, pin.sequence()).map(Entry::sequence).orElse(0L);
        } finally {
            pin.view().release();
        }
    }

    @Test
    void a_reader_sees_every_commit_that_was_visible_when_it_pinned() {
        new ModelCheckingOptions()
                .iterations(2)
                .invocationsPerIteration(40)
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(1)
                .check(getClass());
    }
}

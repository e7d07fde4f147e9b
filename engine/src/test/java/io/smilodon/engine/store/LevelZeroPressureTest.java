package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.smilodon.engine.compaction.CompactionTarget;
import io.smilodon.engine.compaction.Levels;
import io.smilodon.engine.compaction.OutputRules;
import io.smilodon.engine.compaction.SegmentStore;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.log.Poison;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.ManifestState;
import io.smilodon.engine.memtable.Memtable;
import io.smilodon.engine.memtable.SlabPool;
import io.smilodon.engine.segment.BlockCache;
import io.smilodon.engine.segment.Segment;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.testing.StallingDirectory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Writers that are faster than compaction. The clock of the limiter stands still. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LevelZeroPressureTest {

    private static final int SLOW = 4;
    private static final int STOP = 8;

    /** Paid for in hours at any rate: whoever is slowed down waits until that is over. */
    private static final long HUGE = 1L << 40;

    private static final byte[] KEY = {1};

    /** The common pool may have one thread only, and these wait. */
    private static final Executor OWN_THREAD = task -> Thread.ofPlatform().daemon().start(task);

    private final FaultyDirectory directory = new FaultyDirectory();
    private final SegmentStore store = new SegmentStore(directory, new BlockCache(0), new Poison());
    private final Tables tables =
            new Tables(
                    Levels.EMPTY,
                    new Tables.Readable(0, 0),
                    new SnapshotAges(1, () -> 0),
                    new SlabPool(0));
    private final BackPressure pressure =
            new BackPressure(tables, new BackPressure.Limits(1 << 20, SLOW, STOP), () -> 0);
    private Manifest manifest;
    private long sequence;
    private int stuckCount;
    private boolean isMergeFailing;

    @BeforeEach
    void begin() throws IOException {
        manifest =
                Manifest.start(
                        directory,
                        new Manifest.Contents(1, ManifestState.EMPTY),
                        new Random(1)::nextLong,
                        new Poison());
        pressure.watch(
                new BackPressure.Background(
                        Optional::empty, () -> false, () -> isMergeFailing, () -> stuckCount));
    }

    @AfterEach
    void end() throws IOException {
        pressure.close();
        tables.close();
        manifest.close();
    }

    /** Adds segments to level 0. */
    private void flush(int count) throws IOException {
        for (int number = 0; number < count; number++) {
            Memtable table = new Memtable();
            sequence++;
            table.add(KEY, Optional.of(KEY), sequence);
            List<Segment> made =
                    store.write(
                            () -> manifest.newFile(FileKind.SEGMENT),
                            table.versions(),
                            OutputRules.flush(entry -> true, true));
            tables.compacted(new CompactionTarget.Change(List.of(), made, 0, 0, 0));
        }
    }

    /** Takes segments off level 0, and says so as compaction does. */
    private void merge(int count) {
        List<Segment> merged = tables.current().levels().level(0).subList(0, count);
        tables.compacted(new CompactionTarget.Change(merged, List.of(), 0, 0, 0));
        pressure.changed();
    }

    private CompletableFuture<Void> waitingClient(long bytes) {
        CompletableFuture<Void> client =
                CompletableFuture.runAsync(() -> pressure.admit(bytes), OWN_THREAD);
        Await.until("it stalls", () -> pressure.stalls() > 0);
        assertFalse(client.isDone());
        return client;
    }

    @Test
    void pressure_rises_from_the_soft_limit_to_the_hard_one() throws IOException {
        flush(SLOW - 1);
        assertEquals(0, pressure.pressure());
        for (int count = SLOW; count <= STOP; count++) {
            flush(1);
            double share = (count - SLOW + 1) / (double) (STOP - SLOW + 1);
            assertEquals(share, pressure.pressure(), 1e-9, count + " segments");
        }
        flush(1);
        assertEquals(1, pressure.pressure());
    }

    @Test
    void below_the_soft_limit_nobody_waits() throws IOException {
        flush(SLOW - 1);
        pressure.admit(HUGE);
        assertEquals(0, pressure.stalls());
    }

    @Test
    void from_the_soft_limit_on_a_client_waits_until_its_bytes_are_paid_for() throws IOException {
        flush(SLOW);
        double tenth = BackPressure.rate(pressure.pressure()) / 10;
        pressure.admit((long) tenth); // what is free after a pause
        assertEquals(0, pressure.stalls());
        pressure.admit((long) (tenth / 100)); // a millisecond
        assertEquals(1, pressure.stalls());
    }

    @Test
    void a_client_that_was_slowed_down_goes_on_once_a_merge_has_made_room() throws IOException {
        flush(SLOW);
        CompletableFuture<Void> client = waitingClient(HUGE);
        merge(1);
        client.join();
        assertEquals(1, pressure.stalls());
    }

    /** A byte is free below the hard limit. */
    @Test
    void at_the_hard_limit_a_client_waits_until_a_merge_has_made_room() throws IOException {
        flush(STOP - 1);
        pressure.admit(1);
        assertEquals(0, pressure.stalls());
        flush(1);
        CompletableFuture<Void> client = waitingClient(1);
        merge(1);
        client.join();
        assertEquals(1, pressure.stalls());
    }

    @Test
    void segments_that_no_merge_can_take_away_do_not_count() throws IOException {
        flush(SLOW - 1 + STOP);
        stuckCount = STOP;
        assertEquals(0, pressure.pressure());
        pressure.admit(HUGE);
        assertEquals(0, pressure.stalls());
        stuckCount = SLOW - 1;
        waitingClient(1);
    }

    @Test
    void while_merging_is_hopeless_level_zero_may_grow() throws IOException {
        flush(STOP);
        isMergeFailing = true;
        assertEquals(0, pressure.pressure());
        pressure.admit(HUGE);
        assertEquals(0, pressure.stalls());
    }

    /** The same with a store, whose thread that compacts is held up. */
    @Test
    void writing_stops_and_goes_on_as_the_settings_say() throws Exception {
        CompactionSettings settings =
                CompactionSettings.DEFAULTS.withLevelZeroCountMax(2).withBackPressure(SLOW, STOP);
        StallingDirectory slow =
                new StallingDirectory(new FaultyDirectory(), name -> isCompacting());
        slow.stall();
        try (EmbeddedStore whole =
                EmbeddedStore.open(slow, StorageOptions.DEFAULTS.withCompaction(settings))) {
            try {
                for (int count = 0; count < STOP; count++) {
                    write(whole);
                    whole.checkpoint();
                }
                slow.awaitStalled();
                assertEquals(0, stalls(whole));
                CompletableFuture<Void> client =
                        CompletableFuture.runAsync(() -> write(whole), OWN_THREAD);
                Await.until("it stalls", () -> stalls(whole) > 0);
                assertFalse(client.isDone());
                slow.release();
                client.join();
            } finally {
                slow.release();
            }
        }
    }

    private static boolean isCompacting() {
        return Thread.currentThread().getName().equals("smilodon-compaction");
    }

    private static void write(EmbeddedStore store) {
        store.write(new WriteBatch().put(KEY, KEY));
    }

    private static long stalls(EmbeddedStore store) {
        return store.statistics().flush().stalls();
    }
}

package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.compaction.Levels;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.memtable.SlabPool;
import io.smilodon.engine.testing.Await;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BackPressureTest {

    private static final int FULL = 10_000;

    private final Tables tables =
            new Tables(
                    Levels.EMPTY,
                    new Tables.Readable(0, 0),
                    new SnapshotAges(1, () -> 0),
                    new SlabPool(1 << 20));
    private final BackPressure pressure =
            new BackPressure(tables, new BackPressure.Limits(FULL, 20, 36), System::nanoTime);
    private boolean isFlushFailing;

    private void fill(int bytes) {
        tables.active().add(new byte[] {1}, Optional.of(new byte[bytes]), 1);
    }

    private void fillTwoAndMore(int bytes) {
        for (int round = 0; round < BackPressure.FROZEN_MAX; round++) {
            fill(FULL);
            assertTrue(pressure.wantsFreeze());
            tables.freeze(round);
        }
        fill(bytes);
    }

    @Test
    void there_is_no_pressure_while_there_is_room() {
        fill(FULL);
        assertEquals(0, pressure.pressure());
        pressure.admit(1 << 30);
        assertEquals(0, pressure.stalls());
    }

    @Test
    void pressure_rises_as_the_last_memtable_fills() {
        fillTwoAndMore(FULL / 4);
        assertEquals(0, pressure.pressure());
        fill(FULL / 2);
        double half = pressure.pressure();
        assertTrue(half > 0.4 && half < 0.8, () -> "pressure " + half);
        fill(FULL / 8);
        assertTrue(pressure.pressure() > half);
        assertTrue(BackPressure.rate(half) < BackPressure.rate(0) / 2);
        assertTrue(BackPressure.rate(1) >= 1 << 20);
    }

    @Test
    void a_client_waits_at_the_hard_limit_until_a_flush_makes_room() {
        fillTwoAndMore(FULL);
        assertFalse(pressure.wantsFreeze(), "no third one");
        CompletableFuture<Void> client = CompletableFuture.runAsync(() -> pressure.admit(1));
        awaitStall();
        assertFalse(client.isDone());
        tables.flushed(tables.current().frozen().get(1), java.util.List.of(), 0);
        pressure.changed();
        client.join();
        assertTrue(pressure.stalledNanos() > 0);
        assertTrue(pressure.wantsFreeze());
    }

    private void awaitStall() {
        Await.until("it stalls", () -> pressure.stalls() > 0);
    }

    @Test
    void who_would_wait_in_vain_is_refused() {
        SmilodonException reason =
                new SmilodonException(ErrorCode.OUT_OF_DISK_SPACE, "no space left");
        pressure.watch(
                new BackPressure.Background(
                        () -> isFlushFailing ? Optional.of(reason) : Optional.empty(),
                        () -> isFlushFailing,
                        () -> false,
                        () -> 0));
        fillTwoAndMore(FULL / 2);
        assertEquals(Optional.empty(), pressure.refusal());
        isFlushFailing = true;
        assertEquals(Optional.empty(), pressure.refusal(), "there is room");
        fill(FULL);
        pressure.admit(1);
        assertEquals(Optional.of(reason), pressure.refusal());
    }

    @Test
    void closing_lets_nobody_wait() {
        fillTwoAndMore(FULL);
        CompletableFuture<SmilodonException> client =
                CompletableFuture.supplyAsync(
                        () ->
                                assertThrows(
                                        SmilodonException.class,
                                        () -> {
                                            pressure.admit(1);
                                            pressure.admit(1);
                                        }));
        awaitStall();
        pressure.close();
        assertEquals(ErrorCode.SHUTDOWN_IN_PROGRESS, client.join().code());
    }
}

package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.Limits;
import io.smilodon.engine.compaction.Levels;
import io.smilodon.engine.entry.Write;
import io.smilodon.engine.log.Clocks;
import io.smilodon.engine.memtable.SlabPool;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OutcomesTest {

    private static final int COUNT_MAX = 3;
    private static final int LARGE = Limits.IDEMPOTENT_SMALL_RESULT_BYTES_MAX + 1;
    private static final long LARGE_BYTES_MAX = 2 * LARGE;

    private final AtomicLong clock = new AtomicLong(1_000_000_000L);
    private final Tables tables =
            new Tables(
                    Levels.EMPTY,
                    new Tables.Readable(0, 0),
                    new SnapshotAges(1, () -> 0),
                    new SlabPool(1 << 20));
    private final AtomicLong nanos = new AtomicLong();
    private Outcomes outcomes = outcomes();
    private long sequence;

    private Outcomes outcomes() {
        return new Outcomes(
                new Clocks(nanos::get, clock::get),
                new Outcomes.Bounds(COUNT_MAX, LARGE_BYTES_MAX));
    }

    private void pass(long millis) {
        clock.addAndGet(millis);
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private static IdempotencyKey key(int number) {
        return new IdempotencyKey(new byte[] {(byte) number});
    }

    private void commit(int number) {
        commit(number, new byte[] {(byte) number});
    }

    private void commit(int number, byte[] result) {
        sequence++;
        WriteBatch batch = new WriteBatch();
        outcomes.write(ReservedKeys.outcome(key(number)), result, batch);
        batch.put(new byte[] {7}, new byte[0]);
        for (Write write : batch.writes()) {
            tables.active().add(write.key(), write.value(), sequence);
        }
        outcomes.applied(batch.sorted(), sequence);
        tables.publish(sequence);
    }

    private List<Integer> known() {
        Tables.Pin pin = tables.pin();
        List<Integer> known =
                List.of(1, 2, 3, 4, 5).stream()
                        .filter(number -> outcomes.find(pin, key(number)).isPresent())
                        .toList();
        pin.view().release();
        return known;
    }

    /** How large the result is that is kept of a known outcome. */
    private int bytes(int number) {
        Tables.Pin pin = tables.pin();
        int bytes = outcomes.find(pin, key(number)).orElseThrow().result().length;
        pin.view().release();
        return bytes;
    }

    private void reopen() {
        outcomes = outcomes();
        outcomes.load(tables.current()::cursor);
    }

    @Test
    void the_oldest_outcomes_go_first_also_after_reopening() {
        for (int number = 1; number <= 5; number++) {
            commit(number);
        }
        assertEquals(List.of(3, 4, 5), known());
        reopen();
        assertEquals(List.of(3, 4, 5), known());
        assertEquals(COUNT_MAX, outcomes.count());
    }

    @Test
    void an_outcome_counts_for_a_day() {
        commit(1);
        pass(Limits.IDEMPOTENT_OUTCOME_MILLIS_MAX / 2);
        commit(2);
        pass(Limits.IDEMPOTENT_OUTCOME_MILLIS_MAX / 2);
        assertEquals(List.of(1, 2), known());
        pass(1);
        assertEquals(List.of(2), known());
        reopen();
        assertEquals(List.of(2), known());
    }

    /** A retry would take effect twice. */
    @Test
    void a_clock_that_jumps_makes_no_outcome_vanish_and_keeps_none_for_ever() {
        commit(1);
        clock.addAndGet(10 * Limits.IDEMPOTENT_OUTCOME_MILLIS_MAX);
        commit(2);
        assertEquals(List.of(1, 2), known(), "forward");
        reopen();
        assertEquals(List.of(1, 2), known(), "and reopened");
        clock.addAndGet(-20 * Limits.IDEMPOTENT_OUTCOME_MILLIS_MAX);
        commit(3);
        assertEquals(List.of(1, 2, 3), known(), "and back");
        pass(Limits.IDEMPOTENT_OUTCOME_MILLIS_MAX + 1);
        assertEquals(List.of(), known());
    }

    @Test
    void expired_outcomes_are_handed_out_once_to_be_deleted_and_may_be_given_back() {
        for (int number = 1; number <= 5; number++) {
            commit(number);
        }
        assertEquals(List.of(), outcomes.takeExpired(0), "newer than the snapshot");
        List<Outcomes.Kept> taken = outcomes.takeExpired(sequence);
        assertEquals(2, taken.size());
        assertArrayEquals(ReservedKeys.outcome(key(1)), taken.get(0).key());
        assertEquals(List.of(), outcomes.takeExpired(sequence));
        outcomes.giveBack(taken);
        assertEquals(2, outcomes.takeExpired(sequence).size());
    }

    @Test
    void of_large_results_the_newest_are_kept_also_after_reopening() {
        for (int number = 1; number <= 3; number++) {
            commit(number, new byte[LARGE]);
        }
        assertEquals(List.of(1, 2, 3), known(), "what they stand for counts");
        assertEquals(List.of(0, LARGE, LARGE), List.of(bytes(1), bytes(2), bytes(3)));
        reopen();
        assertEquals(List.of(0, LARGE, LARGE), List.of(bytes(1), bytes(2), bytes(3)));
        List<Outcomes.Kept> taken = outcomes.takeExpired(sequence);
        assertEquals(1, taken.size());
        assertArrayEquals(
                ReservedKeys.result(ReservedKeys.outcome(key(1))), taken.getFirst().key());
    }

    @Test
    void a_large_result_goes_with_its_outcome() {
        commit(1, new byte[LARGE]);
        for (int number = 2; number <= 4; number++) {
            commit(number);
        }
        List<byte[]> taken = outcomes.takeExpired(sequence).stream().map(o -> o.key()).toList();
        assertEquals(2, taken.size());
        assertArrayEquals(ReservedKeys.result(ReservedKeys.outcome(key(1))), taken.get(0));
        assertArrayEquals(ReservedKeys.outcome(key(1)), taken.get(1));
    }

    @Test
    void a_small_result_is_no_large_one() {
        commit(1, new byte[LARGE - 1]);
        commit(2, new byte[LARGE]);
        commit(3, new byte[LARGE]);
        assertEquals(List.of(LARGE - 1, LARGE, LARGE), List.of(bytes(1), bytes(2), bytes(3)));
    }
}

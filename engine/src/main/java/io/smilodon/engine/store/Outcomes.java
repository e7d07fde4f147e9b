package io.smilodon.engine.store;

import io.smilodon.engine.Limits;
import io.smilodon.engine.entry.Entry;
import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.entry.SortedWrites;
import io.smilodon.engine.entry.Write;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.log.Clocks;
import io.smilodon.engine.log.CommitAges;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The outcomes of transactions with idempotency keys. Each is an entry of the store, written in the
 * transaction's own batch, so that it is there exactly if the effect is there:
 *
 * <pre>
 * 00 02 key := millis u64 | result u8[]      (the version of the entry is the commit)
 * </pre>
 *
 * An outcome counts for 24 hours and as long as fewer than 100,000 are newer. Both follow from the
 * entries, so that it is the same after a crash; but within a run hours are told by a clock that
 * does not jump, and of a step of the wall clock between runs no more than a day is believed, so
 * that no jump makes an outcome vanish. What no longer counts is deleted two by two, in the batches
 * of later transactions with a key; a transaction whose key was used anew meanwhile conflicts, so
 * that no deletion hits the newer outcome.
 *
 * <p>Memory: about 100 bytes for each outcome. Thread-safe.
 */
final class Outcomes {

    private static final int DELETIONS_MAX = 2;

    private final Clocks clocks;
    private final long startNanos;
    private final int countMax;
    private final Deque<Kept> kept = new ArrayDeque<>();
    private final Deque<Kept> expired = new ArrayDeque<>();
    private long horizon;
    private volatile Optional<SmilodonException> damage = Optional.empty();

    Outcomes(Clocks clocks, int countMax) {
        this.clocks = clocks;
        this.startNanos = clocks.nanos().getAsLong();
        this.countMax = countMax;
    }

    /**
     * One entry.
     *
     * @param sequence which commit wrote it
     * @param millis when, since the start of this run; negative if before
     */
    record Kept(byte[] key, long sequence, long millis) {}

    private long now() {
        return TimeUnit.NANOSECONDS.toMillis(clocks.nanos().getAsLong() - startNanos);
    }

    /**
     * Learns what the store holds, once, before anything else. If that cannot be read, only
     * transactions with a key are refused.
     *
     * @param entries the newest version of each key of a range
     */
    synchronized void load(Function<EntryScan, EntryCursor> entries) {
        try {
            kept.addAll(aged(read(entries)));
            expireOldest();
        } catch (SmilodonException unreadable) {
            damage = Optional.of(unreadable);
        }
    }

    /**
     * @param found ascending, with their wall times
     */
    private List<Kept> aged(List<Kept> found) {
        Deque<Kept> aged = new ArrayDeque<>();
        long millis = now();
        long later = clocks.wallMillis().getAsLong();
        for (int index = found.size() - 1; index >= 0; index--) {
            Kept outcome = found.get(index);
            millis -= CommitAges.believed(later - outcome.millis());
            later = outcome.millis();
            aged.addFirst(new Kept(outcome.key(), outcome.sequence(), millis));
        }
        return List.copyOf(aged);
    }

    private static List<Kept> read(Function<EntryScan, EntryCursor> entries) {
        KeyRange area = ReservedKeys.outcomes();
        List<Kept> found = new ArrayList<>();
        EntryScan scan = new EntryScan(area.from(), area.to(), true, Long.MAX_VALUE);
        try (EntryCursor cursor = entries.apply(scan)) {
            while (cursor.advance()) {
                if (!cursor.isRemoval()) {
                    found.add(new Kept(cursor.key(), cursor.sequence(), millis(cursor.value())));
                }
            }
        }
        found.sort((one, other) -> Long.compare(one.sequence(), other.sequence()));
        return found;
    }

    /** Takes note of the outcomes in a commit; whoever commits does, in commit order. */
    void applied(SortedWrites writes, long sequence) {
        for (Write write : writes) {
            if (!ReservedKeys.isReserved(write.key())) {
                return;
            }
            if (ReservedKeys.isOutcome(write.key()) && write.value().isPresent()) {
                add(new Kept(write.key(), sequence, now()));
            }
        }
    }

    private synchronized void add(Kept outcome) {
        kept.add(outcome);
        expireOldest();
    }

    private void expireOldest() {
        long oldest = now() - Limits.IDEMPOTENT_OUTCOME_MILLIS_MAX;
        while (kept.size() > countMax || !kept.isEmpty() && kept.peek().millis() < oldest) {
            Kept first = kept.poll();
            horizon = first.sequence();
            expired.add(first);
        }
    }

    private synchronized boolean isExpired(long sequence) {
        expireOldest();
        return sequence <= horizon;
    }

    /** What became of the transaction with this key, as far as a view tells. */
    Optional<CommittedOutcome> find(Tables.Pin pin, IdempotencyKey key) {
        if (damage.isPresent()) {
            throw damage.get();
        }
        Optional<Entry> entry = pin.view().find(ReservedKeys.outcome(key), pin.sequence());
        if (entry.isEmpty() || entry.get().value().isEmpty()) {
            return Optional.empty();
        }
        long sequence = entry.get().sequence();
        byte[] value = entry.get().value().get();
        if (isExpired(sequence)) {
            return Optional.empty();
        }
        byte[] result = new byte[value.length - Long.BYTES];
        System.arraycopy(value, Long.BYTES, result, 0, result.length);
        return Optional.of(new CommittedOutcome(sequence, result));
    }

    /** The value to be stored for a transaction that commits now. */
    byte[] encode(byte[] result) {
        return ByteBuffer.allocate(Long.BYTES + result.length)
                .putLong(clocks.wallMillis().getAsLong())
                .put(result)
                .array();
    }

    private static long millis(byte[] value) {
        return ByteBuffer.wrap(value).getLong();
    }

    /** Takes some outcomes that no longer count and that a snapshot contains, to delete them. */
    synchronized List<Kept> takeExpired(long snapshotSequence) {
        expireOldest();
        List<Kept> taken = new ArrayList<>(DELETIONS_MAX);
        while (taken.size() < DELETIONS_MAX
                && !expired.isEmpty()
                && expired.peek().sequence() <= snapshotSequence) {
            taken.add(expired.poll());
        }
        return taken;
    }

    /** Takes back those whose deletion did not happen. */
    synchronized void giveBack(List<Kept> taken) {
        taken.forEach(expired::addFirst);
    }

    /** How many outcomes count. */
    synchronized int count() {
        return kept.size();
    }
}

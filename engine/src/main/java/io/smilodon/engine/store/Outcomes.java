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
import java.util.Arrays;
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
 * 00 02 key := millis u64 | result u8[]        (the version of the entry is the commit)
 *            | ~millis u64 | length u32        (of a result of more than 4 KiB)
 * 00 03 key := result u8[]                     (such a result)
 * </pre>
 *
 * An outcome counts for 24 hours and as long as fewer than 100,000 are newer. Both follow from the
 * entries, so that it is the same after a crash; but within a run hours are told by a clock that
 * does not jump, and of a step of the wall clock between runs no more than a day is believed, so
 * that no jump makes an outcome vanish. Large results count as long as newer ones are not 256 MiB.
 * What no longer counts is deleted two by two, or one in a hundred of many, in the batches of later
 * transactions with a key; a transaction whose key was used anew meanwhile conflicts, so that no
 * deletion hits the newer outcome.
 *
 * <p>Memory: about 100 bytes for each outcome. Thread-safe.
 */
final class Outcomes {

    private static final int DELETIONS_MIN = 2;
    private static final int DELETIONS_SHARE = 100;
    private static final byte[] NO_RESULT = {};

    /**
     * How many are kept.
     *
     * @param countMax outcomes
     * @param largeBytesMax bytes of large results
     */
    record Bounds(int countMax, long largeBytesMax) {

        static final Bounds DEFAULTS =
                new Bounds(
                        Limits.IDEMPOTENT_OUTCOMES_MAX, Limits.IDEMPOTENT_LARGE_RESULTS_BYTES_MAX);
    }

    private final Clocks clocks;
    private final long startNanos;
    private final Bounds bounds;
    private final Deque<Kept> kept = new ArrayDeque<>();

    /** Those of {@link #kept} whose large results are kept. */
    private final Deque<Kept> large = new ArrayDeque<>();

    private final Deque<Kept> expired = new ArrayDeque<>();
    private long largeBytes;
    private long horizon;
    private long largeHorizon;
    private volatile Optional<SmilodonException> damage = Optional.empty();

    Outcomes(Clocks clocks, Bounds bounds) {
        this.clocks = clocks;
        this.startNanos = clocks.nanos().getAsLong();
        this.bounds = bounds;
    }

    /**
     * One entry.
     *
     * @param sequence which commit wrote it
     * @param millis when, since the start of this run; negative if before
     * @param largeBytes of the large result that belongs to it; 0 for none
     */
    record Kept(byte[] key, long sequence, long millis, int largeBytes) {

        Kept at(long otherMillis) {
            return new Kept(key, sequence, otherMillis, largeBytes);
        }

        Kept result() {
            return new Kept(ReservedKeys.result(key), sequence, millis, 0);
        }
    }

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
            aged(read(entries)).forEach(this::add);
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
            aged.addFirst(outcome.at(millis));
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
                    byte[] value = cursor.value();
                    found.add(
                            new Kept(
                                    cursor.key(),
                                    cursor.sequence(),
                                    millis(value),
                                    largeBytes(value)));
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
                int bytes = largeBytes(write.value().get());
                add(new Kept(write.key(), sequence, now(), bytes));
            }
        }
    }

    private synchronized void add(Kept outcome) {
        kept.add(outcome);
        if (outcome.largeBytes > 0) {
            large.add(outcome);
            largeBytes += outcome.largeBytes;
        }
        expireOldest();
    }

    private void expireOldest() {
        long oldest = now() - Limits.IDEMPOTENT_OUTCOME_MILLIS_MAX;
        while (kept.size() > bounds.countMax || !kept.isEmpty() && kept.peek().millis() < oldest) {
            Kept first = kept.poll();
            horizon = first.sequence();
            if (!large.isEmpty() && large.peek().sequence() == first.sequence()) {
                loseOldestResult();
            }
            expired.add(first); // behind its result, which nothing would tell of otherwise
        }
        while (largeBytes > bounds.largeBytesMax) {
            loseOldestResult();
        }
    }

    private void loseOldestResult() {
        Kept first = large.poll();
        largeBytes -= first.largeBytes;
        largeHorizon = first.sequence();
        expired.add(first.result());
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
        if (isExpired(sequence)) {
            return Optional.empty();
        }
        byte[] value = entry.get().value().get();
        byte[] result =
                largeBytes(value) > 0
                        ? largeResult(pin, ReservedKeys.outcome(key), sequence)
                        : Arrays.copyOfRange(value, Long.BYTES, value.length);
        return Optional.of(new CommittedOutcome(sequence, result));
    }

    private byte[] largeResult(Tables.Pin pin, byte[] outcome, long sequence) {
        if (isLost(sequence)) {
            return NO_RESULT;
        }
        return pin.view()
                .find(ReservedKeys.result(outcome), pin.sequence())
                .filter(found -> found.sequence() == sequence)
                .flatMap(Entry::value)
                .orElse(NO_RESULT);
    }

    private synchronized boolean isLost(long sequence) {
        return sequence <= largeHorizon;
    }

    /** Adds what is to be stored for a transaction that commits now. */
    void write(byte[] key, byte[] result, WriteBatch batch) {
        long millis = clocks.wallMillis().getAsLong();
        if (result.length <= Limits.IDEMPOTENT_SMALL_RESULT_BYTES_MAX) {
            ByteBuffer value = ByteBuffer.allocate(Long.BYTES + result.length);
            batch.put(key, value.putLong(millis).put(result).array());
        } else {
            ByteBuffer value = ByteBuffer.allocate(Long.BYTES + Integer.BYTES);
            batch.put(key, value.putLong(~millis).putInt(result.length).array());
            batch.put(ReservedKeys.result(key), result);
        }
    }

    private static long millis(byte[] value) {
        long millis = ByteBuffer.wrap(value).getLong();
        return millis < 0 ? ~millis : millis;
    }

    private static int largeBytes(byte[] value) {
        ByteBuffer read = ByteBuffer.wrap(value);
        return read.getLong() < 0 ? read.getInt() : 0;
    }

    /** Takes some entries that no longer count and that a snapshot contains, to delete them. */
    synchronized List<Kept> takeExpired(long snapshotSequence) {
        expireOldest();
        int most = Math.max(DELETIONS_MIN, expired.size() / DELETIONS_SHARE);
        List<Kept> taken = new ArrayList<>();
        while (taken.size() < most
                && !expired.isEmpty()
                && expired.peek().sequence() <= snapshotSequence) {
            taken.add(expired.poll());
        }
        return taken;
    }

    /** Takes back those whose deletion did not happen. */
    synchronized void giveBack(List<Kept> taken) {
        taken.reversed().forEach(expired::addFirst);
    }

    /** How many outcomes count. */
    synchronized int count() {
        return kept.size();
    }
}

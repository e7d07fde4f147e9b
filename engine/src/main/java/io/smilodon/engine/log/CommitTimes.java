package io.smilodon.engine.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Which commit was the last at which instant. Times never go back: each is the larger of the
 * previous one and the clock, so that a clock that jumps changes no order. One sample a millisecond
 * is kept; when there are {@value #SAMPLES_MAX}, every second one of the older half is dropped. So
 * is all but the last one of a log file of an earlier run. A sample after such a gap is coarse:
 * when the commits since the one before happened, only the log tells.
 *
 * <p>Thread-safe.
 */
public final class CommitTimes {

    static final int SAMPLES_MAX = 1 << 18;

    private long[] millis = new long[64];
    private long[] sequences = new long[64];
    private boolean[] isCoarse = new boolean[64];
    private long coarseTo;
    private int count;
    private long last;
    private final List<CommitAges> ages = new ArrayList<>();

    /**
     * The time of the next commit.
     *
     * @param clockMillis what the clock says
     */
    public synchronized long next(long clockMillis) {
        last = Math.max(last, clockMillis);
        return last;
    }

    /**
     * Sets out from the last commit of an earlier run.
     *
     * @param sequence that commit; 0 if there was none
     * @param clockMillis what the clock says, for the case that no time is known
     */
    public synchronized void begin(long sequence, LongSupplier clockMillis) {
        record(sequence, last == 0 ? clockMillis.getAsLong() : last);
    }

    /** Says that of the commits up to this one not all will be recorded. */
    public synchronized void restoring(long lastSequence) {
        coarseTo = lastSequence;
    }

    /**
     * Remembers that this was the last commit at that time; sequences and times only go up, and one
     * that is known keeps its time.
     */
    public synchronized void record(long sequence, long commitMillis) {
        record(sequence, commitMillis, 0);
    }

    /**
     * Remembers a commit.
     *
     * @param bytes how much it and those before it, since the last call, wrote
     */
    public synchronized void record(long sequence, long commitMillis, long bytes) {
        for (CommitAges measured : ages) {
            measured.record(sequence, bytes);
        }
        last = Math.max(last, commitMillis);
        boolean isKnown = count > 0 && sequences[count - 1] >= sequence;
        if (isKnown || count > 0 && millis[count - 1] >= commitMillis) {
            sequences[count - 1] = Math.max(sequences[count - 1], sequence);
            return;
        }
        room();
        millis[count] = commitMillis;
        sequences[count] = sequence;
        isCoarse[count] = count > 0 && sequences[count - 1] < coarseTo;
        count++;
    }

    /** Has ages measured, of the commits so far and of those to come. */
    public synchronized void measure(CommitAges measured) {
        measured.recovered(millis, sequences, count);
        ages.add(measured);
    }

    private void room() {
        if (count == SAMPLES_MAX) {
            thinOut();
        } else if (count == millis.length) {
            millis = Arrays.copyOf(millis, 2 * count);
            sequences = Arrays.copyOf(sequences, 2 * count);
            isCoarse = Arrays.copyOf(isCoarse, 2 * count);
        }
    }

    private void thinOut() {
        int half = count / 2;
        for (int index = 0; index < half / 2; index++) {
            millis[index] = millis[2 * index];
            sequences[index] = sequences[2 * index];
            isCoarse[index] = true;
        }
        int kept = half / 2;
        System.arraycopy(millis, half, millis, kept, count - half);
        System.arraycopy(sequences, half, sequences, kept, count - half);
        System.arraycopy(isCoarse, half, isCoarse, kept, count - half);
        isCoarse[kept] = true;
        count = kept + count - half;
    }

    /** The time of the newest commit, or of the previous run's; 0 if there was none. */
    public synchronized long lastMillis() {
        return last;
    }

    /** The newest commit that was recorded; 0 if there was none. */
    public synchronized long lastSequence() {
        return count == 0 ? 0 : sequences[count - 1];
    }

    /** The oldest commit that is known; 0 if there is none. */
    public synchronized long firstSequence() {
        return count == 0 ? 0 : sequences[0];
    }

    /**
     * A commit that was recorded at or before an instant, and after which there may be others that
     * were, too; empty if none is known from so long ago.
     */
    public synchronized OptionalLong sequenceAt(Instant instant) {
        return spanAt(instant)
                .map(span -> OptionalLong.of(span.first()))
                .orElse(OptionalLong.empty());
    }

    /**
     * What is known of the last commit at or before an instant.
     *
     * @param first it is this one or a later one
     * @param last it is this one or an earlier one; the same as the first if it is known
     */
    public record Span(long first, long last) {}

    /** Where the last commit at or before an instant is; empty if that is too long ago. */
    public synchronized Optional<Span> spanAt(Instant instant) {
        int found = Arrays.binarySearch(millis, 0, count, instant.toEpochMilli());
        int index = found >= 0 ? found : -found - 2;
        if (index < 0) {
            return Optional.empty();
        }
        int next = index + 1;
        boolean isKnown = found >= 0 || next == count || !isCoarse[next];
        return Optional.of(new Span(sequences[index], sequences[isKnown ? index : next]));
    }

    /**
     * When a commit happened, at the latest; empty if it is newer than any that is known.
     *
     * @param sequence if it is older than any that is known, the answer is the oldest known time
     */
    public synchronized Optional<Instant> timeOf(long sequence) {
        int found = Arrays.binarySearch(sequences, 0, count, sequence);
        int index = found >= 0 ? found : -found - 1;
        return index == count ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis[index]));
    }
}

package io.smilodon.engine.log;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Which commit is how old, by a clock that never jumps: what is kept for some minutes must neither
 * vanish nor stay for ever because somebody sets the wall clock. Of commits of earlier runs only
 * wall times are known; a step of more than a day between two of them, or between the last one and
 * now, is not believed and counts as nothing, so that they are kept rather too long. A window ends
 * sooner where more than so many bytes were written in it, so that the disk is not filled with it.
 *
 * <p>Thread-safe.
 */
public final class CommitAges {

    private static final long BELIEVED_MILLIS_MAX = TimeUnit.DAYS.toMillis(1);

    /** Times are rounded up to this share of the window, which bounds the samples. */
    private static final int SHARES = 1024;

    private final long windowMillis;
    private final long windowBytes;
    private final Clocks clocks;
    private final long startNanos;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private long bytes;

    /**
     * The last commit at that time.
     *
     * @param millis since the start
     * @param bytes written since the start, up to and with this commit
     */
    private record Sample(long millis, long sequence, long bytes) {}

    /**
     * @param windowMillis the age that is asked for
     * @param windowBytes how much may have been written since then
     */
    public CommitAges(long windowMillis, long windowBytes, Clocks clocks) {
        this.windowMillis = windowMillis;
        this.windowBytes = windowBytes;
        this.clocks = clocks;
        this.startNanos = clocks.nanos().getAsLong();
    }

    private long now() {
        return TimeUnit.NANOSECONDS.toMillis(clocks.nanos().getAsLong() - startNanos);
    }

    /** Adds the commits of earlier runs, ascending, with their wall times. */
    synchronized void recovered(long[] wallMillis, long[] sequences, int count) {
        long millis = 0;
        long later = clocks.wallMillis().getAsLong();
        for (int index = count - 1; index >= 0 && millis >= -windowMillis; index--) {
            millis -= believed(later - wallMillis[index]);
            later = wallMillis[index];
            samples.addFirst(new Sample(millis, sequences[index], 0));
        }
    }

    /**
     * How much time passed between two moments that only the wall clock knows.
     *
     * @param step milliseconds from the earlier to the later one
     * @return nothing if that is negative or more than a day
     */
    public static long believed(long step) {
        return step < 0 || step > BELIEVED_MILLIS_MAX ? 0 : step;
    }

    /** Takes note of a commit that happens now. */
    synchronized void record(long sequence, long commitBytes) {
        long now = now();
        bytes += commitBytes;
        if (samples.size() > 1) {
            Sample last = samples.removeLast();
            Sample before = samples.peekLast();
            if (now - before.millis() >= windowMillis / SHARES
                    || bytes - before.bytes() >= windowBytes / SHARES) {
                samples.addLast(last);
            }
        }
        samples.addLast(new Sample(now, sequence, bytes));
        forget(now);
    }

    private boolean isOutside(Sample sample, long now) {
        return sample.millis() <= now - windowMillis || bytes - sample.bytes() >= windowBytes;
    }

    /** Keeps one that is older than the window: it is the answer. */
    private void forget(long now) {
        while (samples.size() > 1) {
            Sample first = samples.removeFirst();
            if (!isOutside(samples.peekFirst(), now)) {
                samples.addFirst(first);
                return;
            }
        }
    }

    /** The newest commit that is before the window; empty if none is known to be. */
    public synchronized OptionalLong lastBeforeWindow() {
        long now = now();
        forget(now);
        return samples.isEmpty() || !isOutside(samples.peekFirst(), now)
                ? OptionalLong.empty()
                : OptionalLong.of(samples.peekFirst().sequence());
    }
}

package io.smilodon.wire;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Memory that all large messages share, or all large answers. Who wants more than there is has all
 * of it, alone: so that each gets its turn. Small messages cost nothing: there are at most as many
 * as connections. Thread-safe.
 */
final class Room {

    /** Messages up to here are small. */
    static final int FREE_BYTES = 64 << 10;

    private static final int UNIT_BYTES = 1 << 10;

    private final int units;
    private final Duration wait;
    private final Semaphore left;

    /**
     * Room for messages.
     *
     * @param wait how long somebody waits for it
     */
    Room(long bytes, Duration wait) {
        this.units = units(bytes);
        this.wait = wait;
        this.left = new Semaphore(units, true);
    }

    private static int units(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, bytes / UNIT_BYTES + 1);
    }

    /** A part of the room of one thread, or nothing of it. Owned by that thread. */
    final class Part {

        private int taken;

        /**
         * Takes room instead of what it has.
         *
         * @return whether there was as much within the time; if not, it has none
         */
        boolean take(long bytes) {
            leave();
            if (bytes <= FREE_BYTES) {
                return true;
            }
            try {
                return await(bytes);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        /** The same, also for what is small, by a thread that may be interrupted. */
        boolean await(long bytes) throws InterruptedException {
            leave();
            int wanted = Math.min(units, units(bytes));
            if (left.tryAcquire(wanted, wait.toNanos(), TimeUnit.NANOSECONDS)) {
                taken = wanted;
            }
            return taken > 0;
        }

        /** Takes more, up to that in all, if it is there and nobody waits for it. */
        boolean grow(long bytes) {
            int more = Math.min(units, units(bytes)) - taken;
            if (bytes <= FREE_BYTES || more <= 0) {
                return true;
            }
            try {
                boolean isThere = left.tryAcquire(more, 0, TimeUnit.NANOSECONDS);
                taken += isThere ? more : 0;
                return isThere;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        /** Gives back what it has beyond that. */
        void shrink(long bytes) {
            int kept = bytes <= FREE_BYTES ? 0 : Math.min(taken, units(bytes));
            left.release(taken - kept);
            taken = kept;
        }

        /** How many bytes it has. */
        long taken() {
            return (long) taken * UNIT_BYTES;
        }

        void leave() {
            shrink(0);
        }
    }

    /** Whether somebody waits for room. */
    boolean isAwaited() {
        return left.hasQueuedThreads();
    }

    /** A part that has nothing yet. */
    Part part() {
        return new Part();
    }
}

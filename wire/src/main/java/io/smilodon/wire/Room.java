package io.smilodon.wire;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Memory that all large messages share. Who wants more than there is has all of it, alone: so that
 * each gets its turn. Small messages cost nothing: there are at most as many as connections.
 * Thread-safe.
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
            int wanted = Math.min(units, units(bytes));
            try {
                if (left.tryAcquire(wanted, wait.toNanos(), TimeUnit.NANOSECONDS)) {
                    taken = wanted;
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return taken > 0;
        }

        void leave() {
            left.release(taken);
            taken = 0;
        }
    }

    /** A part that has nothing yet. */
    Part part() {
        return new Part();
    }
}

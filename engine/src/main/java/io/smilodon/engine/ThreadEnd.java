package io.smilodon.engine;

/** Waits for the ends of threads that do not take interrupts. */
public final class ThreadEnd {

    private ThreadEnd() {}

    /** Returns when the thread has ended; an interrupt of the caller is kept until then. */
    public static void await(Thread thread) {
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException interrupt) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

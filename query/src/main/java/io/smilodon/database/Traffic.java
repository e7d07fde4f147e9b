package io.smilodon.database;

import java.util.concurrent.atomic.LongAdder;

/** Counts the connections of servers that keep them, and the bytes over them. Thread-safe. */
public final class Traffic {

    private final LongAdder opened = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private volatile int connectionsMax = 65_536;

    /** Nothing has been counted yet. */
    public Traffic() {}

    /** A client has connected. */
    public void opened() {
        opened.increment();
    }

    /** A connection has ended. */
    public void closed() {
        closed.increment();
    }

    /** There may be so many connections at a time. */
    public void limit(int connections) {
        connectionsMax = connections;
    }

    /** How many connections there may be at a time. */
    public int connectionsMax() {
        return connectionsMax;
    }

    /** So many bytes of a client have been read. */
    public void received(long bytes) {
        received.add(bytes);
    }

    /** So many bytes have been written to a client. */
    public void sent(long bytes) {
        sent.add(bytes);
    }

    /** The connections since the database was opened. */
    public long openedCount() {
        return opened.sum();
    }

    /** The connections there are. */
    public long openCount() {
        return Math.max(0, opened.sum() - closed.sum());
    }

    public long receivedBytes() {
        return received.sum();
    }

    public long sentBytes() {
        return sent.sum();
    }
}

package io.smilodon.bench.work;

import io.smilodon.bench.peer.Peer;
import java.util.concurrent.TimeUnit;

/** The same operation again and again, by one thread, on the loaded database. */
record TimedOperations(Operation operation) implements Workload {

    @Override
    public Measured run(Session session, long millis) throws Exception {
        return run(session, session.loaded(), operation, millis);
    }

    /** Measures an operation on a peer that is open. */
    static Measured run(Session session, Peer peer, Operation operation, long millis)
            throws Exception {
        Latencies latencies = new Latencies();
        Stopwatch stopwatch = Stopwatch.start(peer);
        long last = System.nanoTime();
        long end = last + TimeUnit.MILLISECONDS.toNanos(millis);
        while (last < end) {
            operation.run(session, peer);
            long now = System.nanoTime();
            latencies.add(now - last);
            last = now;
        }
        return stopwatch.stop(latencies.total(), latencies);
    }
}

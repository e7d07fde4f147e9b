package io.smilodon.bench.work;

import io.smilodon.bench.corpus.Person;
import io.smilodon.bench.peer.Peer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * W1 and W2: loads all documents in batches of 1000 into an empty database, ending flushed. What
 * runs in the background after that counts as processor time until nothing has run for 0.3 s; what
 * a database leaves for a quieter time does not, nor does making the documents.
 *
 * @param isIndexed whether the database has six indexes before
 */
record BulkLoad(boolean isIndexed) implements Workload {

    private static final int BATCH = 1_000;
    private static final long STILL_NANOS = 300_000_000;
    private static final long STILL_CPU_NANOS = 15_000_000;
    private static final int WAITS_MAX = 200;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Override
    public Measured run(Session session, long millis) throws Exception {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        Measured measured = load(session);
        while (System.nanoTime() < end) {
            measured = load(session);
        }
        return measured;
    }

    private Measured load(Session session) throws Exception {
        Peer peer = session.fresh(isIndexed);
        Latencies latencies = new Latencies();
        Stopwatch stopwatch = Stopwatch.start(peer);
        long documents = session.documents();
        for (int from = 0; from < documents; from += BATCH) {
            long cpu = THREADS.getCurrentThreadCpuTime();
            long wall = System.nanoTime();
            List<Person> batch =
                    session.people().range(from, (int) Math.min(documents, from + BATCH));
            long start = System.nanoTime();
            stopwatch.discount(THREADS.getCurrentThreadCpuTime() - cpu, start - wall);
            peer.load(batch);
            latencies.add((System.nanoTime() - start) / batch.size());
        }
        peer.flush();
        long waiting = System.nanoTime();
        awaitStillness(peer);
        stopwatch.discount(0, System.nanoTime() - waiting);
        return stopwatch.stop(documents, latencies);
    }

    /** Who waits for a processor is not still, however little it runs on a busy machine. */
    private static void awaitStillness(Peer peer) {
        boolean isStill = false;
        for (int waits = 0; !isStill && waits < WAITS_MAX; waits++) {
            long ran = ProcessorTime.nanos(peer.servers());
            long waited = ProcessorTime.waitedNanos(peer.servers());
            LockSupport.parkNanos(STILL_NANOS);
            isStill =
                    ProcessorTime.nanos(peer.servers()) - ran <= STILL_CPU_NANOS
                            && Math.abs(ProcessorTime.waitedNanos(peer.servers()) - waited)
                                    <= STILL_CPU_NANOS; // less than before if a thread has ended
        }
    }

    /** Loads without measuring. */
    static void fill(Session session, Peer peer) throws Exception {
        write(session, peer);
        peer.flush();
    }

    /** Loads without flushing. */
    static void write(Session session, Peer peer) throws Exception {
        for (int from = 0; from < session.documents(); from += BATCH) {
            peer.load(session.people().range(from, Math.min(session.documents(), from + BATCH)));
        }
    }
}

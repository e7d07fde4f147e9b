package io.smilodon.bench.work;

import io.smilodon.bench.corpus.Person;
import io.smilodon.bench.peer.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** W3: single inserts that return once they are on disk, by so many threads. */
record DurableInserts(int threads) implements Workload {

    @Override
    public Measured run(Session session, long millis) throws Exception {
        Peer peer = session.durable();
        if (threads == 1) {
            Stopwatch stopwatch = Stopwatch.start(peer);
            Latencies latencies = insert(session, peer, millis);
            return stopwatch.stop(latencies.total(), latencies);
        }
        Latencies all = new Latencies();
        Stopwatch stopwatch = Stopwatch.start(peer);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Latencies>> futures = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                futures.add(pool.submit(() -> insert(session, peer, millis)));
            }
            for (Future<Latencies> future : futures) {
                all.addAll(future.get());
            }
        }
        return stopwatch.stop(all.total(), all);
    }

    private static Latencies insert(Session session, Peer peer, long millis) throws Exception {
        Latencies latencies = new Latencies();
        long now = System.nanoTime();
        long end = now + TimeUnit.MILLISECONDS.toNanos(millis);
        while (now < end) {
            Person person = session.durableNewcomer();
            long start = System.nanoTime();
            peer.insert(person);
            now = System.nanoTime();
            latencies.add(now - start);
        }
        return latencies;
    }
}

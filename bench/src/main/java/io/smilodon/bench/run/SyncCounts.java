package io.smilodon.bench.run;

import io.smilodon.bench.work.Directories;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.store.StoreStatistics;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** How many times the log is synced per commit, with one, four and sixteen writers. */
final class SyncCounts {

    private static final int[] WRITERS = {1, 4, 16};

    private final Path directory;
    private final int millis;
    private final PrintStream out;

    SyncCounts(Arguments arguments, PrintStream out) {
        this.directory = Path.of(arguments.text("dir", System.getProperty("java.io.tmpdir")));
        this.millis = arguments.number("millis", 4_000);
        this.out = out;
        arguments.requireAllUsed();
    }

    void run() throws Exception {
        Path base = Files.createTempDirectory(directory, "smilodon-fsyncs");
        try (Smilodon smilodon = Smilodon.open(base)) {
            DocumentCollection people = smilodon.database("bench").collection("people");
            AtomicInteger ids = new AtomicInteger();
            out.println("| writers | commits | fsyncs | fsyncs per commit | commits a second |");
            out.println("|---|---|---|---|---|");
            insert(people, ids, 4);
            for (int writers : WRITERS) {
                StoreStatistics before = smilodon.statistics().store();
                insert(people, ids, writers);
                StoreStatistics after = smilodon.statistics().store();
                long commits = after.commits() - before.commits();
                long syncs = after.syncs() - before.syncs();
                out.printf(
                        "| %d | %,d | %,d | %.3f | %,d |%n",
                        writers, commits, syncs, (double) syncs / commits, commits * 1000 / millis);
            }
        } finally {
            Directories.delete(base);
        }
    }

    private void insert(DocumentCollection people, AtomicInteger ids, int writers) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try (ExecutorService pool = Executors.newFixedThreadPool(writers)) {
            for (int writer = 0; writer < writers; writer++) {
                pool.submit(
                        () -> {
                            while (System.nanoTime() < end) {
                                int id = ids.getAndIncrement();
                                people.insertOne(
                                        Document.of("_id", Value.of(id))
                                                .with("text", Value.of("x".repeat(600))));
                            }
                        });
            }
        }
    }
}

package io.smilodon.engine.torture;

import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.SeededStores;
import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.testing.DiskState;
import io.smilodon.engine.testing.FaultyDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A script carried out once, with every moment at which the power can fail, and what had been
 * promised at that moment.
 */
final class ScriptRun {

    private final Script script;
    private final FaultyDirectory directory = new FaultyDirectory();
    private final NumberedCommits commits;
    private final List<Moment> moments = new ArrayList<>();
    private final Map<Integer, Long> sequences = new ConcurrentHashMap<>();
    private final AtomicInteger issued = new AtomicInteger();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong durable = new AtomicLong();

    /**
     * A moment of the disk.
     *
     * @param state what is durable and what is not yet
     * @param acknowledged the last sequence a client had an answer for
     * @param durable the last sequence that must survive a power loss
     * @param issued the highest number of a commit that had been begun
     */
    record Moment(DiskState state, long acknowledged, long durable, int issued) {}

    private ScriptRun(Script script) {
        this.script = script;
        this.commits = new NumberedCommits(script);
    }

    /** Carries out a script. */
    static ScriptRun of(Script script) throws Exception {
        ScriptRun run = new ScriptRun(script);
        run.directory.observe(run::see);
        run.run();
        sorted(run.sequences).forEach(run.commits::append);
        return run;
    }

    private static List<Integer> sorted(Map<Integer, Long> sequences) {
        return sequences.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    private void see(DiskState state) {
        moments.add(new Moment(state, acknowledged.get(), durable.get(), issued.get()));
    }

    private void run() throws Exception {
        int next = 1;
        while (next <= script.commits()) {
            int last = script.reopenEvery() == 0 ? script.commits() : next + script.reopenEvery();
            int end = Math.min(last, script.commits());
            try (EmbeddedStore store =
                    SeededStores.open(directory, script.options(), script.tuning())) {
                session(store, next, end);
            }
            durable.set(acknowledged.get());
            next = end + 1;
        }
        directory.observe(state -> {});
    }

    private void session(EmbeddedStore store, int first, int last) throws Exception {
        if (script.writers() == 1) {
            for (int number = first; number <= last; number++) {
                commit(store, number);
            }
            return;
        }
        ExecutorService writers = Executors.newFixedThreadPool(script.writers());
        try {
            List<Future<?>> ended = new ArrayList<>();
            for (int writer = 0; writer < script.writers(); writer++) {
                int start = first + writer;
                ended.add(writers.submit(() -> commitEach(store, start, last)));
            }
            for (Future<?> end : ended) {
                end.get();
            }
        } finally {
            writers.shutdown();
        }
    }

    private void commitEach(EmbeddedStore store, int first, int last) {
        for (int number = first; number <= last; number += script.writers()) {
            commit(store, number);
        }
    }

    private void commit(EmbeddedStore store, int number) {
        issued.accumulateAndGet(number, Math::max);
        long sequence = commits.commit(store, number);
        sequences.put(number, sequence);
        acknowledged.accumulateAndGet(sequence, Math::max);
        if (script.mode() == SyncMode.SYNC) {
            durable.accumulateAndGet(sequence, Math::max);
        }
        if (script.checkpointEvery() > 0 && number % script.checkpointEvery() == 0) {
            long before = acknowledged.get();
            store.checkpoint();
            durable.accumulateAndGet(before, Math::max);
        }
    }

    Script script() {
        return script;
    }

    NumberedCommits commits() {
        return commits;
    }

    List<Moment> moments() {
        return moments;
    }

    /** How many commits had taken effect up to a sequence. */
    int rankOfSequence(long sequence) {
        return (int) sequences.values().stream().filter(found -> found <= sequence).count();
    }
}

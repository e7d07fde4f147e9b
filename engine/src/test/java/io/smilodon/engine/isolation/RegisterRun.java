package io.smilodon.engine.isolation;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.isolation.LinearizabilityChecker.Kind;
import io.smilodon.engine.isolation.LinearizabilityChecker.RegisterOperation;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.WriteBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Threads that read, write, and compare and set a few keys of a store, and the history of each key.
 * May go on in a store that was opened again. Thread-safe.
 */
final class RegisterRun {

    private static final int KEYS = 3;

    private final Map<Integer, List<RegisterOperation>> histories = new ConcurrentHashMap<>();
    private final LongSupplier clock;
    private final AtomicInteger values;
    private final Listener listener;

    /** Is told before anything is written and after each operation, by its own thread. */
    interface Listener {

        /** The operation has an unknown end so far. */
        void begins(int key, RegisterOperation operation);

        /** The operation begun last by this thread was refused: nothing happened. */
        void refused(int written);

        void ended(int key, RegisterOperation operation);
    }

    private static final class Silence implements Listener {

        @Override
        public void begins(int key, RegisterOperation operation) {}

        @Override
        public void refused(int written) {}

        @Override
        public void ended(int key, RegisterOperation operation) {}
    }

    RegisterRun() {
        this(new AtomicLong()::incrementAndGet, 0, new Silence());
    }

    /**
     * @param clock moments, ascending
     * @param used the greatest value that was written before
     */
    RegisterRun(LongSupplier clock, int used, Listener listener) {
        this.clock = clock;
        this.values = new AtomicInteger(used);
        this.listener = listener;
    }

    private static byte[] key(int number) {
        return new byte[] {'r', (byte) number};
    }

    private static int value(ReadView view, int key) {
        return view.get(key(key)).map(found -> ByteBuffer.wrap(found.value()).getInt()).orElse(0);
    }

    private static byte[] bytes(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    void run(KeyValueStore store, int threads, int operations, long seed)
            throws InterruptedException {
        List<Thread> running = new ArrayList<>();
        for (int number = 0; number < threads; number++) {
            Random random = new Random(seed * 31 + number);
            running.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        boolean goesOn = true;
                                        for (int done = 0; goesOn && done < operations; done++) {
                                            goesOn = operate(store, random);
                                        }
                                    }));
        }
        for (Thread thread : running) {
            thread.join();
        }
    }

    /** One operation; false if the store no longer answers. */
    private boolean operate(KeyValueStore store, Random random) {
        int key = random.nextInt(KEYS);
        long start = clock.getAsLong();
        return switch (random.nextInt(4)) {
            case 0, 1 -> read(store, key, start);
            case 2 -> write(store, key, start);
            default -> compareAndSet(store, key, start);
        };
    }

    private void note(int key, RegisterOperation operation) {
        listener.ended(key, operation);
        List<RegisterOperation> history =
                histories.computeIfAbsent(key, ignored -> new ArrayList<>());
        synchronized (history) {
            history.add(operation);
        }
    }

    private boolean read(KeyValueStore store, int key, long start) {
        try (Snapshot snapshot = store.snapshot()) {
            int seen = value(snapshot, key);
            note(key, new RegisterOperation(Kind.READ, seen, 0, start, clock.getAsLong()));
            return true;
        } catch (SmilodonException stopped) {
            return false;
        }
    }

    private boolean write(KeyValueStore store, int key, long start) {
        int value = values.incrementAndGet();
        RegisterOperation unknownYet =
                new RegisterOperation(Kind.WRITE, 0, value, start, Long.MAX_VALUE);
        listener.begins(key, unknownYet);
        try {
            store.write(new WriteBatch().put(key(key), bytes(value)));
            long end = clock.getAsLong();
            note(key, new RegisterOperation(Kind.WRITE, 0, value, start, end));
            return true;
        } catch (SmilodonException unknown) {
            note(key, unknownYet);
            return false;
        }
    }

    private boolean compareAndSet(KeyValueStore store, int key, long start) {
        int next = values.incrementAndGet();
        int seen = -1;
        try (Transaction transaction = store.begin()) {
            seen = value(transaction, key);
            listener.begins(
                    key,
                    new RegisterOperation(Kind.COMPARE_AND_SET, seen, next, start, Long.MAX_VALUE));
            transaction.put(key(key), bytes(next));
            transaction.commit();
            long end = clock.getAsLong();
            note(key, new RegisterOperation(Kind.COMPARE_AND_SET, seen, next, start, end));
            return true;
        } catch (SmilodonException error) {
            boolean isRefused = error.code().equals(ErrorCode.WRITE_CONFLICT);
            if (isRefused) {
                listener.refused(next);
            }
            if (!isRefused && seen >= 0) {
                note(
                        key,
                        new RegisterOperation(
                                Kind.COMPARE_AND_SET, seen, next, start, Long.MAX_VALUE));
            }
            return isRefused;
        }
    }

    List<Finding> check() {
        return check(histories);
    }

    /** The keys whose history no order explains. */
    static List<Finding> check(Map<Integer, List<RegisterOperation>> histories) {
        List<Finding> findings = new ArrayList<>();
        histories.forEach(
                (key, history) -> {
                    if (!LinearizabilityChecker.isLinearizable(history)) {
                        findings.add(
                                new Finding(
                                        Anomaly.NOT_LINEARIZABLE, "key " + key + ": " + history));
                    }
                });
        return findings;
    }
}

package io.smilodon.engine.torture;

import io.smilodon.engine.file.FileDirectory;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.StorageOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A11: client threads are interrupted at random while they read and commit. No channel is closed
 * under others, nothing is poisoned, every commit has its answer.
 */
final class InterruptSuite implements Suite {

    private static final Facts FACTS =
            new Facts("A11", "Interrupted clients", "operations", 100_000, 5);

    private static final int THREADS = 3;
    private static final int COMMITS = 150;

    @Override
    public Facts facts() {
        return FACTS;
    }

    @Override
    public void run(Round round) throws Exception {
        Path home = Trash.folder("torture-interrupt");
        Path directory = Files.createDirectory(home.resolve("store"));
        try (Ledger ledger = Ledger.open(home.resolve("ledger"))) {
            StorageOptions options = KilledProgram.options(round.random());
            try (EmbeddedStore store = EmbeddedStore.open(FileDirectory.open(directory), options)) {
                interrupt(round, new LedgerStore(store, ledger));
                store.checkpoint();
            }
            KillSuite.verify(home, ledger);
        }
        Trash.delete(home);
    }

    private static void interrupt(Round round, LedgerStore load) {
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int number = thread;
            threads.add(
                    Thread.ofPlatform()
                            .uncaughtExceptionHandler((dead, failure) -> failures.add(failure))
                            .start(() -> work(round, load, number)));
        }
        Random random = round.random();
        while (threads.stream().anyMatch(Thread::isAlive)) {
            threads.get(random.nextInt(THREADS)).interrupt();
            round.count("interrupts", 1);
            LockSupport.parkNanos(100_000);
        }
        if (!failures.isEmpty()) {
            throw new AssertionError("a client met " + failures.peek(), failures.peek());
        }
    }

    private static void work(Round round, LedgerStore load, int thread) {
        Random random = new Random(round.seed() + thread);
        for (int count = 0; count < COMMITS; count++) {
            int slot = random.nextInt(Ledger.SLOTS / THREADS) * THREADS + thread;
            load.commit(slot, random);
            load.read(slot);
            round.count(2);
        }
    }
}

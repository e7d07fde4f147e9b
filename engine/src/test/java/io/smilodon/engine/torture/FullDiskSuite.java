package io.smilodon.engine.torture;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.FileDirectory;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.WriteBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A7: a real file system without space: commits are refused, reading goes on; with space again,
 * commits succeed by themselves, and nothing acknowledged is missing. Needs root, for a small file
 * system of its own.
 */
final class FullDiskSuite implements Suite {

    private static final Facts FACTS = new Facts("A7", "Full disk", "disks filled", 50, 3);

    private static final int DISK_MEBIBYTES = 32;

    /** More than the store may hold of the rest, for its reserve may become as large as that. */
    private static final int BALLAST_BYTES = 22 << 20;

    private static final int UNMOUNTS_MAX = 100;
    private static final int COMMITS_ON_FULL = 300;
    private static final long RETRY_NANOS = 100_000;
    private static final long RETURN_NANOS = TimeUnit.SECONDS.toNanos(40);

    @Override
    public Facts facts() {
        return FACTS;
    }

    @Override
    public void run(Round round) throws Exception {
        Path home = Files.createTempDirectory("torture-full");
        Path disk = Files.createDirectory(home.resolve("disk"));
        if (!isRun(
                "mount", "-t", "tmpfs", "-o", "size=" + DISK_MEBIBYTES + "m", "none", disk + "")) {
            Trash.delete(home);
            throw new SuiteSkipped("the right to mount a file system");
        }
        try (Ledger ledger = Ledger.open(home.resolve("ledger"))) {
            Path ballast = Files.write(disk.resolve("ballast"), new byte[BALLAST_BYTES]);
            Path directory = Files.createDirectory(disk.resolve("store"));
            StorageOptions options =
                    StorageOptions.DEFAULTS
                            .withMemtableBytesMax(1 << 19)
                            .withLogFileBytesMax(1 << 18);
            try (EmbeddedStore store = EmbeddedStore.open(FileDirectory.open(directory), options)) {
                LedgerStore load = new LedgerStore(store, ledger);
                fill(store, load, round.random());
                load.check();
                tryOn(load, round.random());
                Files.delete(ballast);
                awaitWritable(store);
                load.check();
            }
            try (EmbeddedStore store = EmbeddedStore.open(FileDirectory.open(directory), options)) {
                new LedgerStore(store, ledger).check();
            }
            round.count(1);
        } finally {
            unmount(disk);
        }
        Trash.delete(home);
    }

    /** A process that another thread is starting may hold its files for a moment. */
    private static void unmount(Path disk) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < UNMOUNTS_MAX; attempt++) {
            if (isRun("umount", disk.toString())) {
                return;
            }
            LockSupport.parkNanos(RETRY_NANOS * UNMOUNTS_MAX);
        }
        throw new AssertionError("a file of a closed store is still open: " + disk);
    }

    private static boolean isRun(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    /** Ballast of random bytes between commits of the ledger, until there is no room. */
    private static void fill(EmbeddedStore store, LedgerStore load, Random random) {
        for (int count = 0; ; count++) {
            byte[] bytes = new byte[20_000];
            random.nextBytes(bytes);
            try {
                byte[] key = ("zzz/" + count).getBytes(StandardCharsets.UTF_8);
                store.write(new WriteBatch().put(key, bytes));
                load.commit(random.nextInt(Ledger.SLOTS), random);
            } catch (SmilodonException full) {
                return;
            }
        }
    }

    /** Small commits into what little room is left, in many places of many files. */
    private static void tryOn(LedgerStore load, Random random) {
        for (int count = 0; count < COMMITS_ON_FULL; count++) {
            try {
                load.commit(random.nextInt(Ledger.SLOTS), random);
            } catch (SmilodonException full) {
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    /** A removal would be taken on a full disk, too. */
    private static void awaitWritable(EmbeddedStore store) {
        long end = System.nanoTime() + RETURN_NANOS;
        byte[] key = "zzz/after".getBytes(StandardCharsets.UTF_8);
        while (true) {
            try {
                store.write(new WriteBatch().put(key, new byte[1_000]));
                return;
            } catch (SmilodonException stillFull) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("not writable again", stillFull);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }
}

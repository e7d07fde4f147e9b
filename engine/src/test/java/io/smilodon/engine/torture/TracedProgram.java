package io.smilodon.engine.torture;

import io.smilodon.engine.Progress;
import io.smilodon.engine.file.FileDirectory;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.store.WriteBatch;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A program whose system calls are traced: each commit has a name in its key, and after each
 * acknowledgement the name is written to the standard output. Arguments: folder, seed, commits.
 */
public final class TracedProgram {

    /** Stands before the name of a commit that was acknowledged. */
    static final String ACKNOWLEDGED = "acknowledged ";

    private static final int THREADS = 2;

    private TracedProgram() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[0]).resolve("store");
        long seed = Long.parseLong(arguments[1]);
        int commits = Integer.parseInt(arguments[2]);
        for (int session = 0; session < 2; session++) {
            Random random = new Random(seed + session);
            StorageOptions options = KilledProgram.options(random).withSyncMode(SyncMode.SYNC);
            try (EmbeddedStore store = EmbeddedStore.open(FileDirectory.open(directory), options)) {
                List<Thread> threads = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    String name = "commit" + session + '.' + thread + '.';
                    long threadSeed = seed * THREADS + thread;
                    threads.add(
                            Thread.ofPlatform()
                                    .start(() -> commit(store, name, threadSeed, commits)));
                }
                store.checkpoint();
                for (Thread thread : threads) {
                    thread.join();
                }
                store.compact(Progress.SILENT);
            }
        }
    }

    private static void commit(EmbeddedStore store, String prefix, long seed, int commits) {
        Random random = new Random(seed);
        for (int number = 0; number < commits; number++) {
            String name = prefix + number + ';';
            byte[] value = new byte[random.nextInt(600)];
            random.nextBytes(value);
            store.write(new WriteBatch().put(name.getBytes(StandardCharsets.UTF_8), value));
            byte[] line = (ACKNOWLEDGED + name + '\n').getBytes(StandardCharsets.UTF_8);
            try {
                new FileOutputStream(FileDescriptor.out).write(line);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}

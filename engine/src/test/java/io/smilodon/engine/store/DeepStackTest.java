package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.file.MemoryDirectory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs that recurse without an end and write on each level. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DeepStackTest {

    private static final long STACK_BYTES = 512 << 10;
    private static final int ROUNDS = 100;

    private final AtomicInteger overflows = new AtomicInteger();

    @ParameterizedTest
    @EnumSource(SyncMode.class)
    void a_client_that_has_no_stack_left_stops_nobody_elses_writing(SyncMode mode)
            throws Exception {
        StorageOptions options = StorageOptions.DEFAULTS.withSyncMode(mode);
        try (EmbeddedStore store = EmbeddedStore.open(new MemoryDirectory(), options)) {
            for (int round = 0; round < ROUNDS; round++) {
                int padding = round;
                Thread deep = new Thread(null, () -> descend(store, padding), "deep", STACK_BYTES);
                deep.start();
                deep.join();
                assertDoesNotThrow(() -> store.write(put(1)), "round " + round);
            }
        }
        assertTrue(overflows.get() >= ROUNDS, overflows + " overflows");
    }

    private static WriteBatch put(int number) {
        return new WriteBatch().put(new byte[] {1, (byte) number}, new byte[] {7});
    }

    /** Begins a little deeper each time, so that the end of the stack meets other steps. */
    private void descend(EmbeddedStore store, int padding) {
        if (padding > 0) {
            descend(store, padding - 1);
        } else {
            writeAndRecurse(store);
        }
    }

    private void writeAndRecurse(EmbeddedStore store) {
        try {
            store.write(put(2));
            writeAndRecurse(store);
        } catch (StackOverflowError end) {
            overflows.incrementAndGet();
        }
    }
}

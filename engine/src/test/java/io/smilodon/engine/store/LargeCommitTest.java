package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultRule;
import io.smilodon.engine.testing.FaultRule.Fault;
import io.smilodon.engine.testing.FaultRule.Operation;
import io.smilodon.engine.testing.FaultyDirectory;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Commits that are larger than what the log gathers in memory, on disks that fail. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LargeCommitTest {

    private static final int BYTES = 700_000;

    private static byte[] key(int number) {
        return new byte[] {1, (byte) number};
    }

    private static byte[] value(int number) {
        byte[] value = new byte[BYTES];
        new Random(number).nextBytes(value);
        return value;
    }

    private static WriteBatch put(int number) {
        return new WriteBatch().put(key(number), value(number));
    }

    /** Whichever write fails: nothing of the commit stays, and the ones around it are whole. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"NO_SPACE", "INPUT_OUTPUT_ERROR", "FILE_TOO_LARGE"})
    void one_that_fails_leaves_no_trace(Fault fault) {
        int skipped = 0;
        while (isRefusedByWrite(skipped, fault)) {
            skipped++;
        }
        assertTrue(skipped >= 2, "what is gathered, and what is not: " + skipped);
    }

    /** False if the commit takes fewer writes. */
    private static boolean isRefusedByWrite(int skipped, Fault fault) {
        FaultyDirectory directory = new FaultyDirectory();
        StorageOptions options =
                StorageOptions.DEFAULTS.withSpace(SpaceSettings.DEFAULTS.withProbeMillis(1));
        EmbeddedStore store = EmbeddedStore.open(directory, options);
        store.write(put(1));
        directory.fail(
                new FaultRule(Operation.WRITE, name -> name.endsWith(".log"), skipped, 1, fault));
        boolean isRefused = isRefused(store);
        directory.heal();
        awaitWritable(store);
        store.write(put(3));
        store.close();
        verify(directory.afterCrash(CrashPolicy.DROP_ALL, 1), isRefused);
        return isRefused;
    }

    private static boolean isRefused(EmbeddedStore store) {
        try {
            store.write(put(2));
            return false;
        } catch (SmilodonException refused) {
            return true;
        }
    }

    private static void awaitWritable(EmbeddedStore store) {
        Await.until("it is writable", () -> store.state().mode() == StoreState.Mode.WRITABLE);
    }

    private static void verify(FaultyDirectory left, boolean isRefused) {
        try (EmbeddedStore store = EmbeddedStore.open(left, StorageOptions.DEFAULTS);
                Snapshot snapshot = store.snapshot()) {
            assertArrayEquals(value(1), snapshot.get(key(1)).orElseThrow().value());
            assertEquals(isRefused, snapshot.get(key(2)).isEmpty());
            assertArrayEquals(value(3), snapshot.get(key(3)).orElseThrow().value());
        }
    }
}

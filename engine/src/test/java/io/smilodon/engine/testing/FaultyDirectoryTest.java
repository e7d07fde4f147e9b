package io.smilodon.engine.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageDirectoryContract;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.testing.FaultRule.Fault;
import io.smilodon.engine.testing.FaultRule.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FaultyDirectoryTest extends StorageDirectoryContract {

    private final FaultyDirectory directory = new FaultyDirectory();

    @Override
    protected StorageDirectory open() {
        return directory;
    }

    private static void write(StorageFile file, long position, int count, int value)
            throws IOException {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) value);
        file.writeFully(ByteBuffer.wrap(bytes), position);
    }

    @Test
    void only_what_was_synced_survives_when_all_else_is_dropped() throws IOException {
        StorageFile kept = directory.create("kept");
        write(kept, 0, 10, 1);
        kept.sync();
        directory.sync();
        write(kept, 0, 20, 2);
        directory.create("unsynced-entry").sync();
        FaultyDirectory left = directory.afterCrash(CrashPolicy.DROP_ALL, 1);
        assertEquals(List.of("kept"), left.list());
        assertArrayEquals(new byte[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, left.bytes("kept"));
    }

    @Test
    void an_unsynced_rename_or_delete_is_undone_when_all_is_dropped() throws IOException {
        directory.create("a").close();
        directory.create("b").close();
        directory.sync();
        directory.rename("a", "c");
        directory.delete("b");
        assertEquals(List.of("a", "b"), directory.afterCrash(CrashPolicy.DROP_ALL, 1).list());
        assertEquals(List.of("c"), directory.afterCrash(CrashPolicy.KEEP_ALL, 1).list());
    }

    @Test
    void random_crashes_tear_a_write_at_sectors() throws IOException {
        StorageFile file = directory.create("a");
        write(file, 0, 1_024, 0);
        file.sync();
        directory.sync();
        write(file, 0, 1_024, 7);
        Set<String> seen = new HashSet<>();
        for (long seed = 0; seed < 64; seed++) {
            byte[] left = directory.afterCrash(CrashPolicy.POSIX_RANDOM, seed).bytes("a");
            assertEquals(left[0], left[511], "a sector is whole");
            assertEquals(left[512], left[1_023], "a sector is whole");
            seen.add(left[0] + "," + left[512]);
        }
        assertEquals(Set.of("0,0", "0,7", "7,0", "7,7"), seen);
    }

    @Test
    void a_machine_stops_at_its_operation_and_stays_stopped() throws IOException {
        FaultyDirectory stopping = FaultyDirectory.crashingAfter(2);
        StorageFile file = stopping.create("a");
        write(file, 0, 1, 1);
        assertThrows(IOException.class, file::sync);
        assertThrows(IOException.class, stopping::list);
        assertEquals(List.of("a"), stopping.afterCrash(CrashPolicy.KEEP_ALL, 1).list());
    }

    @Test
    void a_failed_sync_loses_the_pages() throws IOException {
        StorageFile file = directory.create("a");
        directory.sync();
        write(file, 0, 4, 1);
        directory.fail(FaultRule.next(Operation.SYNC, "a", Fault.INPUT_OUTPUT_ERROR));
        assertThrows(IOException.class, file::sync);
        assertEquals(0, directory.afterCrash(CrashPolicy.KEEP_ALL, 1).bytes("a").length);
    }

    @Test
    void faults_are_injected_as_told() throws IOException {
        StorageFile file = directory.create("a");
        directory.fail(FaultRule.next(Operation.WRITE, "a", Fault.SHORT_WRITE));
        assertEquals(2, file.write(ByteBuffer.wrap(new byte[4]), 0));
        directory.fail(FaultRule.always(Operation.WRITE, Fault.NO_SPACE));
        IOException error =
                assertThrows(IOException.class, () -> file.write(ByteBuffer.allocate(4), 2));
        assertTrue(error.getMessage().contains("No space"));
        assertEquals(4, file.length());
        directory.heal();
        assertEquals(4, file.write(ByteBuffer.allocate(4), 0));
    }
}

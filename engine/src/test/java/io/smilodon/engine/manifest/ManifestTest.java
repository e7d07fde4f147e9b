package io.smilodon.engine.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.file.MalformedBytesException;
import io.smilodon.engine.log.Forcing;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.log.LogSeal;
import io.smilodon.engine.log.Poison;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultRule;
import io.smilodon.engine.testing.FaultRule.Fault;
import io.smilodon.engine.testing.FaultRule.Operation;
import io.smilodon.engine.testing.FaultyDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ManifestTest {

    private static final List<ManifestChange> ALL =
            List.of(
                    new ManifestChange.SegmentAdded(new SegmentFile(1, 2, 3, 4, 5, 6, 2)),
                    new ManifestChange.SegmentRemoved(7),
                    new ManifestChange.LogBegun(new LogFile(8, 9, 10, Optional.empty())),
                    new ManifestChange.LogSealed(8, new LogSeal(11, 12, 13, 20)),
                    new ManifestChange.LogRemoved(14),
                    new ManifestChange.Checkpointed(15),
                    new ManifestChange.DurableUpTo(16, 19),
                    new ManifestChange.NumbersTaken(17),
                    new ManifestChange.HistoryCut(18),
                    new ManifestChange.RunBegun(Forcing.SOON, 21));

    private final FaultyDirectory directory = new FaultyDirectory();
    private final Poison poison = new Poison();

    private Manifest start() throws IOException {
        Manifest.Contents empty = new Manifest.Contents(42, ManifestState.EMPTY);
        return Manifest.start(directory, empty, new Random(1)::nextLong, poison);
    }

    private static List<ManifestChange> added(long number) {
        return List.of(
                new ManifestChange.SegmentAdded(new SegmentFile(number, 1, 1, 1, number, number)));
    }

    /** If this fails, the format has changed: raise its version and keep reading the old one. */
    @Test
    void the_format_is_pinned() {
        String pinned =
                "01 0000000000000001 0000000000000002 0000000000000003 00000004"
                        + "0000000000000005 0000000000000006 02 02 0000000000000007"
                        + "03 0000000000000008 0000000000000009 000000000000000a"
                        + "04 0000000000000008 000000000000000b 000000000000000c 0000000d"
                        + "0000000000000014"
                        + "05 000000000000000e 06 000000000000000f 07 0000000000000010"
                        + "0000000000000013 08 0000000000000011 09 0000000000000012"
                        + "0a 01 0000000000000015";
        assertEquals(pinned.replace(" ", ""), HexFormat.of().formatHex(ManifestCodec.encode(ALL)));
    }

    @Test
    void changes_are_read_as_they_were_written() {
        assertEquals(ALL, ManifestCodec.decode(ManifestCodec.encode(ALL)));
        assertThrows(MalformedBytesException.class, () -> ManifestCodec.decode(new byte[] {99}));
        assertThrows(MalformedBytesException.class, () -> ManifestCodec.decode(new byte[] {2, 0}));
    }

    @Test
    void an_edit_is_durable_when_append_returns() throws IOException {
        Manifest manifest = start();
        for (int number = 1; number <= 50; number++) {
            manifest.append(added(number));
            FaultyDirectory left = directory.afterCrash(CrashPolicy.DROP_ALL, number);
            assertEquals(manifest.state(), Manifest.read(left).orElseThrow().state());
            directory.resume();
        }
    }

    @Test
    void an_edit_for_which_there_is_no_space_leaves_the_state_as_it_was() throws IOException {
        Manifest manifest = start();
        manifest.append(added(1));
        directory.fail(FaultRule.next(Operation.WRITE, "", Fault.NO_SPACE));
        assertThrows(IOException.class, () -> manifest.append(added(2)));
        assertEquals(1, manifest.state().segments().size());
        manifest.append(added(3));
        assertEquals(
                manifest.state(),
                Manifest.read(directory.afterCrash(CrashPolicy.DROP_ALL, 1)).orElseThrow().state());
    }

    @Test
    void a_failed_sync_poisons() throws IOException {
        Manifest manifest = start();
        directory.fail(FaultRule.next(Operation.SYNC, "", Fault.INPUT_OUTPUT_ERROR));
        assertThrows(IOException.class, () -> manifest.append(added(1)));
        assertTrue(poison.isTripped());
        assertThrows(IOException.class, () -> manifest.append(added(2)));
    }

    @Test
    void a_large_manifest_is_replaced_by_a_small_one() throws IOException {
        Manifest manifest = start();
        ManifestChange removal = new ManifestChange.SegmentRemoved(1);
        for (int number = 1; number <= 400; number++) {
            List<ManifestChange> edit = new ArrayList<>(Collections.nCopies(400, removal));
            edit.add(new ManifestChange.Checkpointed(number));
            manifest.append(edit);
        }
        assertTrue(directory.bytes(Manifest.NAME).length < 1_100_000);
        assertEquals(400, Manifest.read(directory).orElseThrow().state().checkpointLsn());
    }
}

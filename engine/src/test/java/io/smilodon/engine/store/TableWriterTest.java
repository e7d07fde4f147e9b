package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.compaction.Levels;
import io.smilodon.engine.compaction.OutputRules;
import io.smilodon.engine.compaction.SegmentStore;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.log.Clocks;
import io.smilodon.engine.log.Poison;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.ManifestState;
import io.smilodon.engine.memtable.Memtable;
import io.smilodon.engine.memtable.SlabPool;
import io.smilodon.engine.segment.BlockCache;
import io.smilodon.engine.segment.Segment;
import io.smilodon.engine.testing.FaultRule;
import io.smilodon.engine.testing.FaultRule.Fault;
import io.smilodon.engine.testing.FaultRule.Operation;
import io.smilodon.engine.testing.FaultyDirectory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TableWriterTest {

    private static final byte[] KEY = {1, 1};

    private final FaultyDirectory directory = new FaultyDirectory();
    private final Poison poison = new Poison();

    @Test
    void a_commit_that_cannot_be_checked_is_refused_and_nothing_else() throws IOException {
        Manifest manifest =
                Manifest.start(
                        directory,
                        new Manifest.Contents(1, ManifestState.EMPTY),
                        new Random(1)::nextLong,
                        poison);
        SegmentStore store = new SegmentStore(directory, new BlockCache(0), poison);
        Tables tables =
                new Tables(
                        Levels.of(segments(manifest, store)),
                        new Tables.Readable(0, 5),
                        new SnapshotAges(1, () -> 0),
                        new SlabPool(0));
        TableWriter writer =
                new TableWriter(
                        tables,
                        new Outcomes(Clocks.REAL, Outcomes.Bounds.DEFAULTS),
                        new BackPressure(
                                tables, new BackPressure.Limits(1, 2, 3), System::nanoTime),
                        () -> {});
        CommitWrites commit =
                new CommitWrites(
                        new WriteBatch().delete(KEY).sorted(),
                        List.of(),
                        Optional.empty(),
                        true,
                        0);

        writer.beforeGroup(1);
        assertEquals(Optional.of(ErrorCode.WRITE_CONFLICT), refusal(writer, commit));
        directory.fail(FaultRule.always(Operation.READ, Fault.INPUT_OUTPUT_ERROR));
        assertEquals(Optional.of(ErrorCode.INTERNAL_ERROR), refusal(writer, commit));
        writer.afterGroup();
        tables.close();
        manifest.close();
        assertEquals(0, directory.openFiles());
    }

    private static List<Segment> segments(Manifest manifest, SegmentStore store)
            throws IOException {
        Memtable table = new Memtable();
        table.add(KEY, Optional.of(KEY), 5);
        return store.write(
                () -> manifest.newFile(FileKind.SEGMENT),
                table.versions(),
                OutputRules.flush(entry -> true, true));
    }

    private static Optional<ErrorCode> refusal(TableWriter writer, CommitWrites commit) {
        return writer.refusal(commit).map(SmilodonException::code);
    }
}

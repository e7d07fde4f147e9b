package io.smilodon.engine.manifest;

import io.smilodon.engine.file.ByteReader;
import io.smilodon.engine.file.ByteWriter;
import io.smilodon.engine.file.MalformedBytesException;
import io.smilodon.engine.log.Forcing;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.log.LogSeal;
import io.smilodon.engine.manifest.ManifestChange.Checkpointed;
import io.smilodon.engine.manifest.ManifestChange.DurableUpTo;
import io.smilodon.engine.manifest.ManifestChange.HistoryCut;
import io.smilodon.engine.manifest.ManifestChange.LogBegun;
import io.smilodon.engine.manifest.ManifestChange.LogRemoved;
import io.smilodon.engine.manifest.ManifestChange.LogSealed;
import io.smilodon.engine.manifest.ManifestChange.NumbersTaken;
import io.smilodon.engine.manifest.ManifestChange.RunBegun;
import io.smilodon.engine.manifest.ManifestChange.SegmentAdded;
import io.smilodon.engine.manifest.ManifestChange.SegmentRemoved;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of an edit.
 *
 * <pre>
 * edit   := change*
 * change := 1 u8 | number u64 | salt u64 | bytes u64 | footerCrc u32
 *                | minSequence u64 | maxSequence u64 | level u8           (segment added)
 *         | 2 u8 | number u64                                             (segment removed)
 *         | 3 u8 | number u64 | salt u64 | firstLsn u64                   (log begun)
 *         | 4 u8 | number u64 | lastLsn u64 | bytes u64 | rollingCrc u32
 *                | lastMillis u64                                         (log sealed)
 *         | 5 u8 | number u64                                             (log removed)
 *         | 6 u8 | lsn u64                                                (checkpointed)
 *         | 7 u8 | lsn u64 | millis u64                                   (durable up to)
 *         | 8 u8 | next u64                                               (numbers taken)
 *         | 9 u8 | sequence u64                                           (history cut)
 *         | 10 u8 | forcing u8 | intervalMillis u64                       (run begun)
 * </pre>
 *
 * Pure functions.
 */
final class ManifestCodec {

    private ManifestCodec() {}

    static byte[] encode(Collection<ManifestChange> changes) {
        Encoder encoder = new Encoder(new ByteWriter(64 * changes.size()));
        changes.forEach(change -> change.accept(encoder));
        return encoder.writer.toBytes();
    }

    /** Appends changes to a writer. */
    private record Encoder(ByteWriter writer) implements ManifestChange.Visitor {

        @Override
        public void visit(SegmentAdded added) {
            SegmentFile segment = added.segment();
            writer.u8(1).u64(segment.number()).u64(segment.salt()).u64(segment.bytes());
            writer.u32(segment.footerCrc());
            writer.u64(segment.minSequence()).u64(segment.maxSequence()).u8(segment.level());
        }

        @Override
        public void visit(SegmentRemoved removed) {
            writer.u8(2).u64(removed.number());
        }

        @Override
        public void visit(LogBegun begun) {
            LogFile log = begun.log();
            writer.u8(3).u64(log.number()).u64(log.salt()).u64(log.firstLsn());
        }

        @Override
        public void visit(LogSealed sealed) {
            LogSeal seal = sealed.seal();
            writer.u8(4).u64(sealed.number()).u64(seal.lastLsn()).u64(seal.bytes());
            writer.u32(seal.rollingCrc()).u64(seal.lastMillis());
        }

        @Override
        public void visit(LogRemoved removed) {
            writer.u8(5).u64(removed.number());
        }

        @Override
        public void visit(Checkpointed point) {
            writer.u8(6).u64(point.lsn());
        }

        @Override
        public void visit(DurableUpTo durable) {
            writer.u8(7).u64(durable.lsn()).u64(durable.millis());
        }

        @Override
        public void visit(NumbersTaken taken) {
            writer.u8(8).u64(taken.next());
        }

        @Override
        public void visit(HistoryCut cut) {
            writer.u8(9).u64(cut.sequence());
        }

        @Override
        public void visit(RunBegun begun) {
            writer.u8(10).u8(begun.forcing().ordinal()).u64(begun.intervalMillis());
        }
    }

    static List<ManifestChange> decode(byte[] bytes) {
        ByteReader reader = new ByteReader(bytes);
        List<ManifestChange> changes = new ArrayList<>();
        while (reader.hasMore()) {
            changes.add(next(reader));
        }
        return changes;
    }

    private static ManifestChange next(ByteReader reader) {
        int tag = reader.u8();
        return switch (tag) {
            case 1 -> new SegmentAdded(segment(reader));
            case 2 -> new SegmentRemoved(reader.u64());
            case 3 ->
                    new LogBegun(
                            new LogFile(
                                    reader.u64(), reader.u64(), reader.u64(), Optional.empty()));
            case 4 -> new LogSealed(reader.u64(), seal(reader));
            case 5 -> new LogRemoved(reader.u64());
            case 6 -> new Checkpointed(reader.u64());
            case 7 -> new DurableUpTo(reader.u64(), reader.u64());
            case 8 -> new NumbersTaken(reader.u64());
            case 9 -> new HistoryCut(reader.u64());
            case 10 -> new RunBegun(forcing(reader.u8()), reader.u64());
            default -> throw new MalformedBytesException("change " + tag);
        };
    }

    private static Forcing forcing(int code) {
        if (code >= Forcing.values().length) {
            throw new MalformedBytesException("forcing " + code);
        }
        return Forcing.values()[code];
    }

    private static SegmentFile segment(ByteReader reader) {
        return new SegmentFile(
                reader.u64(),
                reader.u64(),
                reader.u64(),
                reader.u32(),
                reader.u64(),
                reader.u64(),
                reader.u8());
    }

    private static LogSeal seal(ByteReader reader) {
        return new LogSeal(reader.u64(), reader.u64(), reader.u32(), reader.u64());
    }
}

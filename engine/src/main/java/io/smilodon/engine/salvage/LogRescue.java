package io.smilodon.engine.salvage;

import io.smilodon.engine.entry.Entry;
import io.smilodon.engine.entry.SortedWrites;
import io.smilodon.engine.entry.Write;
import io.smilodon.engine.file.MalformedBytesException;
import io.smilodon.engine.log.BatchCodec;
import io.smilodon.engine.log.Frame;
import io.smilodon.engine.log.FrameType;
import io.smilodon.engine.log.LogScan;
import io.smilodon.engine.salvage.Loss.Commits;
import io.smilodon.engine.segment.SegmentDamage.KeySpan;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Takes from logs what can be read: whole commits only. Of each key it keeps the newest version, in
 * memory. Not thread-safe.
 */
final class LogRescue implements LogScan.Receiver {

    private final List<Loss> losses;
    private final NavigableMap<byte[], Entry> newest = new TreeMap<>(Arrays::compareUnsigned);
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private String file = "";
    private long checkpointLsn;
    private Predicate<byte[]> isWanted = key -> false;
    private long firstPart;
    private boolean mayBeTail;
    private long commits;

    LogRescue(List<Loss> losses) {
        this.losses = losses;
    }

    /**
     * Says what follows.
     *
     * @param checkpoint commits up to it are in segments
     * @param isWantedBefore which keys are wanted of those commits all the same
     */
    void begin(String name, long checkpoint, Predicate<byte[]> isWantedBefore) {
        file = name;
        checkpointLsn = checkpoint;
        isWanted = isWantedBefore;
        parts.reset();
        mayBeTail = false;
    }

    @Override
    public void frame(Frame frame, long offset) {
        if (frame.type() == FrameType.MARK) {
            return;
        }
        if (parts.size() == 0) {
            firstPart = frame.lsn();
        }
        parts.writeBytes(frame.payload());
        if (frame.type() == FrameType.COMMIT) {
            byte[] payload = parts.toByteArray();
            parts.reset();
            if (mayBeTail) {
                mayBeTail = false;
                lose(offset, frame.payload().length, "the rest of a damaged commit", frame.lsn());
            } else {
                take(payload, frame.lsn(), offset);
            }
        }
    }

    private void take(byte[] payload, long sequence, long offset) {
        try {
            SortedWrites writes = BatchCodec.decode(payload).writes();
            commits++;
            for (Write write : writes) {
                if (sequence > checkpointLsn || isWanted.test(write.key())) {
                    newest.merge(write.key(), new Entry(sequence, write.value()), LogRescue::newer);
                }
            }
        } catch (MalformedBytesException malformed) {
            lose(offset, payload.length, malformed.getMessage(), sequence);
        }
    }

    private static Entry newer(Entry left, Entry right) {
        return left.sequence() > right.sequence() ? left : right;
    }

    private void lose(long offset, long bytes, String what, long last) {
        losses.add(
                new Loss(
                        file,
                        offset,
                        bytes,
                        what,
                        Optional.of(KeySpan.ALL),
                        Optional.of(new Commits(firstPart, last))));
    }

    /**
     * Only a part of a commit has the largest payload; so a shorter gap has no beginning of the
     * commit that follows it. Up to the checkpoint segments hold what stood in it; but where some
     * of those are lost, an older version from a log may stand in for a removal that is in none.
     */
    @Override
    public void gap(LogScan.Gap gap) {
        boolean isInside = parts.size() > 0;
        firstPart = isInside ? Math.min(firstPart, gap.firstLsn()) : gap.firstLsn();
        parts.reset();
        mayBeTail = isInside || gap.bytes() >= Frame.PAYLOAD_BYTES_MAX;
        if (gap.lastLsn() > checkpointLsn || isAnyLost()) {
            lose(gap.offset(), gap.bytes(), "damaged frames", gap.lastLsn());
        }
    }

    /** Whether keys may be missing in segments, so that logs stand in for these. */
    boolean isAnyLost() {
        return losses.stream().anyMatch(loss -> loss.keys().isPresent());
    }

    /** The newest version of each key. */
    NavigableMap<byte[], Entry> newest() {
        return newest;
    }

    long commits() {
        return commits;
    }
}

package io.smilodon.engine.store;

import io.smilodon.engine.check.Finding;
import io.smilodon.engine.check.ScrubWatch;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.segment.Segment;
import io.smilodon.engine.segment.SegmentDamage.KeySpan;
import java.util.Comparator;
import java.util.Optional;

/**
 * Reads every block of every live segment again. It holds one segment at a time, so that it keeps
 * no space from being freed; a segment that comes into being meanwhile was checked when it was
 * written. Not thread-safe.
 */
final class SegmentScrub {

    private final Tables tables;
    private final ScrubWatch watch;
    private boolean goesOn = true;

    SegmentScrub(Tables tables, ScrubWatch watch) {
        this.tables = tables;
        this.watch = watch;
    }

    void run() {
        Optional<Segment> segment = next(0);
        while (segment.isPresent()) {
            long number = segment.get().file().number();
            try {
                read(segment.get());
            } finally {
                segment.get().release();
            }
            segment = goesOn ? next(number) : Optional.empty();
        }
    }

    /** The live segment of the next number, held. */
    private Optional<Segment> next(long after) {
        Tables.Pin pin = tables.pin();
        try {
            Optional<Segment> next =
                    pin.view().levels().all().stream()
                            .filter(segment -> segment.file().number() > after)
                            .min(Comparator.comparingLong(segment -> segment.file().number()));
            next.ifPresent(Segment::retain);
            return next;
        } finally {
            pin.view().release();
        }
    }

    private void read(Segment segment) {
        check(segment, KeySpan.ALL, segment::verifyFrame);
        for (int block = 0; goesOn && block < segment.blockCount(); block++) {
            int number = block;
            check(segment, keysOf(segment, number), () -> segment.verifyBlock(number));
        }
    }

    /** Where the index cannot be read, which has been reported, any key may be meant. */
    private static KeySpan keysOf(Segment segment, int block) {
        try {
            return segment.keysOf(block);
        } catch (SmilodonException damagedIndex) {
            return KeySpan.ALL;
        }
    }

    private void check(Segment segment, KeySpan keys, Check part) {
        long bytes = 0;
        try {
            bytes = part.read();
        } catch (SmilodonException damaged) {
            Finding finding = Finding.of(damaged, segment.file().name());
            watch.found(finding.keys(Optional.of(keys)));
        }
        goesOn = watch.read(bytes);
    }

    /** Reads a part and tells how many bytes that was. */
    @FunctionalInterface
    private interface Check {
        long read();
    }
}

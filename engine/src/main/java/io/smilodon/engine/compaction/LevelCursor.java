package io.smilodon.engine.compaction;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.EntryPlace;
import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.entry.KeyPage;
import io.smilodon.engine.entry.KeyPageReader;
import io.smilodon.engine.entry.KeyTails;
import io.smilodon.engine.segment.Segment;
import java.util.Optional;

/** Walks one level of disjoint segments, one after the other. Not thread-safe. */
final class LevelCursor implements EntryCursor {

    private final Segment[] level;
    private final EntryScan scan;
    private int next;
    private Optional<EntryCursor> current = Optional.empty();

    LevelCursor(Segment[] level, EntryScan scan) {
        this.level = level;
        this.scan = scan;
        this.next = scan.isForward() ? Levels.firstEndingAtOrAfter(level, scan.from()) : last();
    }

    private int last() {
        int place =
                scan.to().length == 0
                        ? level.length - 1
                        : Math.min(Levels.firstEndingAtOrAfter(level, scan.to()), level.length - 1);
        return scan.isAfter(level[place].firstKey()) ? place - 1 : place;
    }

    @Override
    public boolean advance() {
        while (current.isEmpty() || !current.get().advance()) {
            if (!openNext()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean advance(EntryPlace place) {
        while (current.isEmpty() || !current.get().advance(place)) {
            if (!openNext()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean fill(KeyTails tails) {
        while (current.isEmpty() || !current.get().fill(tails)) {
            if (!openNext()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public <P extends KeyPage> Optional<P> page(KeyPageReader<P> reader, boolean isOnFirst) {
        boolean isFirst = isOnFirst;
        while (true) {
            if (current.isPresent()) {
                Optional<P> page = current.get().page(reader, isFirst);
                if (page.isPresent()) {
                    return page;
                }
            }
            if (!openNext()) {
                return Optional.empty();
            }
            isFirst = false;
        }
    }

    private boolean openNext() {
        current.ifPresent(EntryCursor::close);
        current = Optional.empty();
        if (next < 0 || next >= level.length || !level[next].overlaps(scan)) {
            next = -1;
            return false;
        }
        current = Optional.of(level[next].cursor(scan));
        next += scan.isForward() ? 1 : -1;
        return true;
    }

    private EntryCursor current() {
        return current.orElseThrow(() -> new AssertionError("not on an entry"));
    }

    @Override
    public byte[] key() {
        return current().key();
    }

    @Override
    public void key(ByteSpan span) {
        current().key(span);
    }

    @Override
    public long sequence() {
        return current().sequence();
    }

    @Override
    public boolean isRemoval() {
        return current().isRemoval();
    }

    @Override
    public byte[] value() {
        return current().value();
    }

    @Override
    public void value(ByteSpan span) {
        current().value(span);
    }

    @Override
    public void close() {
        current.ifPresent(EntryCursor::close);
    }
}

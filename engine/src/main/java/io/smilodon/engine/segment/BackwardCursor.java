package io.smilodon.engine.segment;

import io.smilodon.engine.entry.Entry;
import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.EntryScan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Walks a segment, descending. Prefix-compressed entries can only be read forward, so each block is
 * taken apart as a whole. Not thread-safe.
 */
final class BackwardCursor implements EntryCursor {

    private record Found(byte[] key, Entry entry) {}

    private final Segment segment;
    private final EntryScan scan;
    private final List<Found> entries = new ArrayList<>();
    private int number;
    private Found current;
    private boolean isStarted;

    BackwardCursor(Segment segment, EntryScan scan) {
        this.segment = segment;
        this.scan = scan;
    }

    @Override
    public boolean advance() {
        if (!isStarted) {
            start();
        }
        current = null;
        while (current == null && hasEntry()) {
            takeKey();
        }
        if (current != null && scan.isBefore(current.key())) {
            current = null;
            entries.clear();
            number = 0;
        }
        return current != null;
    }

    private void start() {
        isStarted = true;
        int count = segment.blockCount();
        number =
                scan.to().length == 0
                        ? count
                        : Math.min(segment.index().blockFor(scan.to()) + 1, count);
        while (hasEntry() && scan.isAfter(last().key())) {
            entries.remove(entries.size() - 1);
        }
    }

    /** Takes all versions of the last key, oldest first, and keeps the newest that may be seen. */
    private void takeKey() {
        byte[] key = last().key();
        boolean isLong = isLastOf(number - 1, key);
        if (isLong) {
            current =
                    segment.find(key, scan.sequence())
                            .map(newest -> new Found(key, newest))
                            .orElse(null);
            skipNewerVersions(key);
        }
        while (hasEntry() && Arrays.equals(last().key(), key)) {
            Found version = entries.remove(entries.size() - 1);
            if (!isLong && version.entry().sequence() <= scan.sequence()) {
                current = version;
            }
        }
    }

    /** Passes by the blocks that hold nothing but versions of this key. */
    private void skipNewerVersions(byte[] key) {
        while (isLastOf(number - 2, key)) {
            number--;
        }
    }

    private boolean isLastOf(int block, byte[] key) {
        return block >= 0 && Arrays.equals(segment.index().lastKey(block), key);
    }

    private Found last() {
        return entries.get(entries.size() - 1);
    }

    private boolean hasEntry() {
        while (entries.isEmpty() && number > 0) {
            number--;
            load();
        }
        return !entries.isEmpty();
    }

    private void load() {
        try {
            BlockCursor block = new BlockCursor(segment.block(number));
            while (block.advance()) {
                entries.add(new Found(block.copyKey(), block.entry()));
            }
        } catch (IndexOutOfBoundsException malformed) {
            throw segment.malformed(number, malformed);
        }
    }

    @Override
    public byte[] key() {
        return current.key();
    }

    @Override
    public long sequence() {
        return current.entry().sequence();
    }

    @Override
    public boolean isRemoval() {
        return current.entry().value().isEmpty();
    }

    @Override
    public byte[] value() {
        return current.entry().value().orElseThrow(() -> new AssertionError("value of a removal"));
    }

    @Override
    public void close() {}
}

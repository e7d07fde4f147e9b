package io.smilodon.engine.salvage;

import io.smilodon.engine.compaction.RetiredPrefixes;
import io.smilodon.engine.entry.Entry;
import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.segment.SegmentInspection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Segments and log as one ordered map: of each key the version of the highest commit, wherever it
 * stands. Not thread-safe.
 */
final class NewestVersions {

    private final List<SegmentInspection> segments;
    private final NavigableMap<byte[], Entry> log;
    private final NavigableSet<byte[]> retired = new TreeSet<>(Arrays::compareUnsigned);

    NewestVersions(List<SegmentInspection> segments, NavigableMap<byte[], Entry> log) {
        this.segments = segments;
        this.log = log;
    }

    /** One source, standing on an entry. */
    private interface Source {

        boolean advance();

        byte[] key();

        Entry entry();
    }

    private record SegmentSource(EntryCursor cursor) implements Source {

        @Override
        public boolean advance() {
            return cursor.advance();
        }

        @Override
        public byte[] key() {
            return cursor.key();
        }

        @Override
        public Entry entry() {
            return new Entry(
                    cursor.sequence(),
                    cursor.isRemoval() ? Optional.empty() : Optional.of(cursor.value()));
        }
    }

    private static final class LogSource implements Source {

        private final Iterator<Map.Entry<byte[], Entry>> entries;
        private Map.Entry<byte[], Entry> current;

        LogSource(NavigableMap<byte[], Entry> log) {
            this.entries = log.entrySet().iterator();
        }

        @Override
        public boolean advance() {
            boolean hasNext = entries.hasNext();
            current = hasNext ? entries.next() : current;
            return hasNext;
        }

        @Override
        public byte[] key() {
            return current.getKey();
        }

        @Override
        public Entry entry() {
            return current.getValue();
        }
    }

    void forEach(BiConsumer<byte[], Entry> action) {
        PriorityQueue<Source> queue =
                new PriorityQueue<>(
                        Math.max(1, segments.size() + 1),
                        (left, right) -> Arrays.compareUnsigned(left.key(), right.key()));
        List<Source> sources = new ArrayList<>();
        segments.forEach(segment -> sources.add(new SegmentSource(segment.cursor())));
        sources.add(new LogSource(log));
        for (Source source : sources) {
            if (source.advance()) {
                queue.add(source);
            }
        }
        while (!queue.isEmpty()) {
            byte[] key = queue.peek().key();
            Entry newest = takeNewest(queue, key);
            if (RetiredPrefixes.isMark(key) && newest.value().isPresent()) {
                retire(RetiredPrefixes.prefixOf(key));
            } else if (key[0] != 0 && newest.value().isPresent() && !isRetired(key)) {
                action.accept(key, newest);
            }
        }
    }

    private static Entry takeNewest(PriorityQueue<Source> queue, byte[] key) {
        Entry newest = queue.peek().entry();
        while (!queue.isEmpty() && Arrays.equals(queue.peek().key(), key)) {
            Source source = queue.poll();
            Entry entry = source.entry();
            newest = entry.sequence() > newest.sequence() ? entry : newest;
            if (source.advance()) {
                queue.add(source);
            }
        }
        return newest;
    }

    /** No prefix in the set begins another one, so that one look-up decides. */
    private boolean isRetired(byte[] key) {
        byte[] prefix = retired.floor(key);
        return prefix != null
                && key.length >= prefix.length
                && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** Marks come ascending, and before all other keys. */
    private void retire(byte[] prefix) {
        if (!isRetired(prefix)) {
            retired.add(prefix);
        }
    }
}

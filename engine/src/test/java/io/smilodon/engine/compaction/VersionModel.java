package io.smilodon.engine.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.entry.Entry;
import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.entry.MergingCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Every version of every key, kept naively. */
final class VersionModel {

    private final NavigableMap<byte[], NavigableMap<Long, Optional<byte[]>>> keys =
            new TreeMap<>(Arrays::compareUnsigned);
    private final NavigableMap<byte[], Long> retired = new TreeMap<>(Arrays::compareUnsigned);

    void add(byte[] key, Optional<byte[]> value, long sequence) {
        keys.computeIfAbsent(key, absent -> new TreeMap<>()).put(sequence, value);
    }

    /** A prefix that is retired again stays retired since the first time. */
    void retire(byte[] prefix, long sequence) {
        retired.putIfAbsent(prefix, sequence);
    }

    boolean isRetired(byte[] key) {
        return isRetired(key, Long.MAX_VALUE);
    }

    private boolean isRetired(byte[] key, long sequence) {
        for (Map.Entry<byte[], Long> mark : retired.entrySet()) {
            byte[] prefix = mark.getKey();
            if (mark.getValue() <= sequence
                    && prefix.length <= key.length
                    && Arrays.equals(prefix, 0, prefix.length, key, 0, prefix.length)) {
                return true;
            }
        }
        return false;
    }

    /** Forgets what was lost with a crash. */
    void cutAfter(long sequence) {
        keys.values().forEach(versions -> versions.tailMap(sequence, false).clear());
        retired.values().removeIf(mark -> mark > sequence);
    }

    /** Compares every key, and both directions of a walk, as of a commit. */
    void compare(Levels levels, long sequence, Supplier<String> where) {
        List<String> expected = new ArrayList<>();
        for (var entry : keys.entrySet()) {
            byte[] key = entry.getKey();
            if (!isRetired(key, sequence)) {
                Map.Entry<Long, Optional<byte[]>> seen = entry.getValue().floorEntry(sequence);
                Optional<byte[]> value = seen == null ? Optional.empty() : seen.getValue();
                Optional<byte[]> found = levels.find(key, sequence).flatMap(Entry::value);
                assertEquals(text(key, value), text(key, found), where);
                value.ifPresent(present -> expected.add(text(key, value)));
            }
        }
        assertEquals(expected, walk(levels, sequence, true), where);
        Collections.reverse(expected);
        assertEquals(expected, walk(levels, sequence, false), where);
    }

    private List<String> walk(Levels levels, long sequence, boolean isForward) {
        List<EntryCursor> sources = new ArrayList<>();
        byte[] first = {1};
        EntryScan scan = new EntryScan(first, new byte[0], isForward, sequence);
        levels.addCursors(scan, sources);
        List<String> found = new ArrayList<>();
        try (MergingCursor cursor = new MergingCursor(sources, scan)) {
            while (cursor.advance()) {
                if (!cursor.isRemoval() && !isRetired(cursor.key(), sequence)) {
                    found.add(text(cursor.key(), Optional.of(cursor.value())));
                }
            }
        }
        return found;
    }

    private static String text(byte[] key, Optional<byte[]> value) {
        return HexFormat.of().formatHex(key)
                + value.map(bytes -> "=" + Arrays.hashCode(bytes)).orElse(" absent");
    }
}

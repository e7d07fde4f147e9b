package io.smilodon.engine.compaction;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.segment.Segment;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The prefixes that were given up, as far as segments tell, at or before the history horizon. A
 * mark that is only in memory and in the log may yet be lost with a crash, and what it covers must
 * then still be there; so must it for who reads as of a commit before the mark.
 *
 * <p>A mark is the key {@code 00 01 prefix} with an empty value. Immutable.
 */
public final class RetiredPrefixes {

    public static final RetiredPrefixes NONE = new RetiredPrefixes();

    private static final byte[] MARK = {0, 1};

    private final NavigableMap<byte[], Long> prefixes = new TreeMap<>(Arrays::compareUnsigned);
    private boolean hasNewer;

    private RetiredPrefixes() {}

    /** The mark of a prefix. */
    public static byte[] mark(byte[] prefix) {
        byte[] key = Arrays.copyOf(MARK, MARK.length + prefix.length);
        System.arraycopy(prefix, 0, key, MARK.length, prefix.length);
        return key;
    }

    /** Whether a key is the mark of a prefix. */
    public static boolean isMark(byte[] key) {
        return key.length > MARK.length && key[0] == MARK[0] && key[1] == MARK[1];
    }

    /** The same of a key among other bytes. */
    static boolean isMark(ByteSpan key) {
        int start = key.start();
        return key.length() > MARK.length
                && key.bytes()[start] == MARK[0]
                && key.bytes()[start + 1] == MARK[1];
    }

    /** The prefix of a mark. */
    public static byte[] prefixOf(byte[] mark) {
        return Arrays.copyOfRange(mark, MARK.length, mark.length);
    }

    private static EntryScan under(byte[] prefix) {
        return new EntryScan(prefix, successor(prefix), true, Long.MAX_VALUE);
    }

    private static byte[] successor(byte[] prefix) {
        for (int last = prefix.length - 1; last >= 0; last--) {
            if (prefix[last] != (byte) 0xff) {
                byte[] next = Arrays.copyOf(prefix, last + 1);
                next[last]++;
                return next;
            }
        }
        return new byte[0];
    }

    /**
     * The prefixes whose marks are in the segments.
     *
     * @param horizon the oldest commit as of which there may yet be readers
     * @param damaged learns of segments that cannot be read; their marks are unknown, so that what
     *     they cover is kept for now
     */
    static RetiredPrefixes in(Collection<Segment> segments, long horizon, DamagedSegments damaged) {
        RetiredPrefixes retired = new RetiredPrefixes();
        EntryScan scan = under(MARK);
        for (Segment segment : segments) {
            if (damaged.isUsable(segment) && segment.overlaps(scan)) {
                try (EntryCursor cursor = segment.cursor(scan)) {
                    while (cursor.advance()) {
                        retired.add(cursor, horizon);
                    }
                } catch (SmilodonException unreadable) {
                    if (!damaged.mark(List.of(segment), unreadable)) {
                        throw unreadable;
                    }
                }
            }
        }
        return retired;
    }

    private void add(EntryCursor mark, long horizon) {
        if (mark.sequence() > horizon) {
            hasNewer = true;
        } else {
            add(prefixOf(mark.key()), mark.sequence());
        }
    }

    /** Keeps the set free of prefixes of each other, so that one look-up decides. */
    private void add(byte[] prefix, long sequence) {
        if (!covers(prefix)) {
            byte[] end = successor(prefix);
            prefixes.tailMap(prefix, false)
                    .keySet()
                    .removeIf(other -> end.length == 0 || Arrays.compareUnsigned(other, end) < 0);
            prefixes.put(prefix, sequence);
        }
    }

    boolean isEmpty() {
        return prefixes.isEmpty();
    }

    /** Whether there are marks that will count once the horizon has passed them. */
    boolean hasNewer() {
        return hasNewer;
    }

    boolean covers(byte[] key) {
        byte[] candidate = prefixes.floorKey(key);
        return candidate != null && startsWith(key, candidate);
    }

    /** The commit that retired a key that is covered. */
    long retiredAt(byte[] key) {
        return prefixes.floorEntry(key).getValue();
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return prefix.length <= key.length
                && Arrays.equals(prefix, 0, prefix.length, key, 0, prefix.length);
    }

    /** Whether every key of a segment is covered. */
    boolean coversAll(Segment segment) {
        byte[] candidate = prefixes.floorKey(segment.firstKey());
        return candidate != null
                && startsWith(segment.firstKey(), candidate)
                && startsWith(segment.lastKey(), candidate);
    }

    /** Whether a key of a segment is covered; reads a block for each prefix that may have some. */
    boolean coversSome(Segment segment) {
        if (covers(segment.firstKey()) || covers(segment.lastKey())) {
            return true;
        }
        return prefixes.subMap(segment.firstKey(), true, segment.lastKey(), true).keySet().stream()
                .anyMatch(prefix -> hasKeyUnder(segment, prefix));
    }

    /** Whether a segment has a key with this prefix. */
    static boolean hasKeyUnder(Segment segment, byte[] prefix) {
        EntryScan scan = under(prefix);
        if (!segment.overlaps(scan)) {
            return false;
        }
        try (EntryCursor cursor = segment.cursor(scan)) {
            return cursor.advance();
        }
    }

    /** Whether a segment may have a key with this prefix; one that cannot be read may. */
    static boolean mayHaveKeyUnder(Segment segment, byte[] prefix) {
        try {
            return hasKeyUnder(segment, prefix);
        } catch (SmilodonException unreadable) {
            return true;
        }
    }
}

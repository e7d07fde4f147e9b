package io.smilodon.engine.compaction;

import io.smilodon.engine.entry.Entry;
import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.file.Corruption;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.SegmentFile;
import io.smilodon.engine.segment.BloomFilter;
import io.smilodon.engine.segment.Segment;
import io.smilodon.engine.segment.SegmentLookup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The live segments. Level 0 holds flushed ones, newest first, whose keys may overlap; on each
 * further level the keys of one segment lie wholly before those of the next. Of one key, every
 * version on a level is newer than those on the levels below it (O'Neil and others, "The
 * log-structured merge-tree", 1996; the partition of a level into files is that of LevelDB).
 *
 * <p>So reading one key asks at most the segments of level 0 and one segment a level. Immutable.
 */
public final class Levels {

    /** Levels there can be: with a ratio of ten the last one is never full. */
    public static final int COUNT = 7;

    public static final Levels EMPTY = new Levels(emptyLevels(), LevelZero.of(List.of()));

    private static final Comparator<Segment> NEWEST_FIRST =
            (left, right) -> {
                SegmentFile one = left.file();
                SegmentFile other = right.file();
                int bySequence = Long.compare(other.maxSequence(), one.maxSequence());
                return bySequence != 0 ? bySequence : Long.compare(other.number(), one.number());
            };

    private static final Comparator<Segment> BY_KEY =
            (left, right) -> Arrays.compareUnsigned(left.firstKey(), right.firstKey());

    private final List<List<Segment>> levels;
    private final LevelZero newest;

    /** Level 1 and those below it. */
    private final Segment[][] lower;

    private final List<Segment> all;
    private final long maxSequence;

    private Levels(List<List<Segment>> levels, LevelZero newest) {
        this.levels = levels;
        this.newest = newest;
        this.lower =
                levels.subList(1, COUNT).stream()
                        .map(level -> level.toArray(Segment[]::new))
                        .toArray(Segment[][]::new);
        this.all = levels.stream().flatMap(List::stream).toList();
        this.maxSequence =
                all.stream().mapToLong(segment -> segment.file().maxSequence()).max().orElse(0);
    }

    private static List<List<Segment>> emptyLevels() {
        List<List<Segment>> levels = new ArrayList<>();
        for (int level = 0; level < COUNT; level++) {
            levels.add(List.of());
        }
        return levels;
    }

    /**
     * The levels as the manifest has them.
     *
     * @throws io.smilodon.engine.error.SmilodonException if segments of one level overlap
     */
    public static Levels of(Collection<Segment> segments) {
        List<List<Segment>> levels = new ArrayList<>();
        for (int level = 0; level < COUNT; level++) {
            int wanted = level;
            levels.add(
                    sorted(
                            level,
                            segments.stream()
                                    .filter(segment -> segment.file().level() == wanted)
                                    .toList()));
        }
        Levels result = new Levels(levels, LevelZero.of(levels.get(0)));
        if (result.all.size() != segments.size()) {
            throw Corruption.at(Manifest.NAME, 0, "a level that there is not");
        }
        return result.checked();
    }

    private Levels checked() {
        for (Segment[] level : lower) {
            for (int index = 1; index < level.length; index++) {
                if (isBefore(level[index].firstKey(), level[index - 1].lastKey())) {
                    throw Corruption.at(
                            Manifest.NAME,
                            0,
                            "a level on which "
                                    + level[index - 1].file().name()
                                    + " and "
                                    + level[index].file().name()
                                    + " overlap");
                }
            }
        }
        return this;
    }

    /** Whether the key is not after the other one. */
    private static boolean isBefore(byte[] key, byte[] other) {
        return Arrays.compareUnsigned(key, other) <= 0;
    }

    private static List<Segment> sorted(int level, Collection<Segment> segments) {
        return segments.stream().sorted(level == 0 ? NEWEST_FIRST : BY_KEY).toList();
    }

    /** These levels without some segments, and with others on one level. */
    public Levels with(Collection<Segment> removed, Collection<Segment> added, int level) {
        List<List<Segment>> changed = new ArrayList<>();
        int gone = 0;
        for (int place = 0; place < COUNT; place++) {
            List<Segment> segments = new ArrayList<>(levels.get(place));
            int before = segments.size();
            segments.removeAll(removed);
            gone += before - segments.size();
            if (place == level) {
                segments.addAll(added);
            }
            changed.add(sorted(place, segments));
        }
        if (gone != removed.size()) {
            throw new AssertionError("removed a segment that is not live");
        }
        boolean isSameNewest = changed.get(0).equals(levels.get(0));
        LevelZero first = isSameNewest ? newest : LevelZero.of(changed.get(0));
        return new Levels(changed, first).checked();
    }

    /** All segments, in the order in which a key is looked up. */
    public List<Segment> all() {
        return all;
    }

    /** The segments of one level. */
    public List<Segment> level(int level) {
        return levels.get(level);
    }

    /** The bytes of one level. */
    public long bytes(int level) {
        return levels.get(level).stream().mapToLong(segment -> segment.file().bytes()).sum();
    }

    /** The newest commit of which the segments have something; 0 if there is none. */
    long maxSequence() {
        return maxSequence;
    }

    /** The level on which a live segment is. */
    int levelOf(Segment segment) {
        for (int level = 0; level < COUNT; level++) {
            if (levels.get(level).contains(segment)) {
                return level;
            }
        }
        throw new AssertionError("not live: " + segment.file().name());
    }

    /** The segments of a level that have keys between two keys, both included. */
    public List<Segment> overlapping(int level, byte[] first, byte[] last) {
        return levels.get(level).stream()
                .filter(
                        segment ->
                                isBefore(segment.firstKey(), last)
                                        && isBefore(first, segment.lastKey()))
                .toList();
    }

    /**
     * The segments older than one between whose first and last key a key lies.
     *
     * @param level on which that one is
     * @param place of that one on it
     */
    List<Segment> around(byte[] key, int level, int place) {
        List<Segment> around = new ArrayList<>();
        if (level == 0) {
            for (Segment segment : levels.get(0).subList(place + 1, levels.get(0).size())) {
                if (isBefore(segment.firstKey(), key) && isBefore(key, segment.lastKey())) {
                    around.add(segment);
                }
            }
        }
        for (int below = level + 1; below < COUNT; below++) {
            around.addAll(overlapping(below, key, key));
        }
        return around;
    }

    /** Whether a flushed segment with keys between two keys would be merged, not only moved. */
    public boolean overlap(byte[] first, byte[] last) {
        return !overlapping(0, first, last).isEmpty() || !overlapping(1, first, last).isEmpty();
    }

    /** Whether there are segments on a level below this one. */
    boolean hasBelow(int level) {
        return Arrays.stream(lower).skip(level).anyMatch(below -> below.length > 0);
    }

    /** Whether a segment on a level below this one may have the key. */
    boolean mayHaveBelow(int level, byte[] key) {
        for (int below = level; below < lower.length; below++) {
            int place = firstEndingAtOrAfter(lower[below], key);
            if (place < lower[below].length && isBefore(lower[below][place].firstKey(), key)) {
                return true;
            }
        }
        return false;
    }

    /** The newest version of the key up to this sequence; it may be a removal. */
    public Optional<Entry> find(byte[] key, long sequence) {
        return all.isEmpty() ? Optional.empty() : find(key, BloomFilter.hash(key), sequence, 0);
    }

    /** Several keys, to be found one by one. */
    public LevelLookups lookups(List<byte[]> keys) {
        return new LevelLookups(this, keys);
    }

    /** Adds a lookup for each segment that may have the key, newest first. */
    void addLookups(byte[] key, List<SegmentLookup> lookups) {
        long hash = BloomFilter.hash(key);
        for (Segment segment : newest.around(key, hash)) {
            if (isBefore(segment.firstKey(), key) && isBefore(key, segment.lastKey())) {
                lookups.add(new SegmentLookup(segment, key, hash));
            }
        }
        for (Segment[] level : lower) {
            int place = firstEndingAtOrAfter(level, key);
            if (place < level.length && isBefore(level[place].firstKey(), key)) {
                lookups.add(new SegmentLookup(level[place], key, hash));
            }
        }
    }

    /** Whether the key has a version newer than this sequence. */
    public boolean isChangedAfter(byte[] key, long sequence) {
        return maxSequence > sequence
                && find(key, BloomFilter.hash(key), Long.MAX_VALUE, sequence)
                        .filter(entry -> entry.sequence() > sequence)
                        .isPresent();
    }

    /** Skips segments all of whose versions are at most so new. */
    private Optional<Entry> find(byte[] key, long hash, long sequence, long newerThan) {
        for (Segment segment : newest.around(key, hash)) {
            if (segment.file().maxSequence() > newerThan) {
                Optional<Entry> found = segment.find(key, hash, sequence);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        for (Segment[] level : lower) {
            int place = firstEndingAtOrAfter(level, key);
            if (place < level.length && level[place].file().maxSequence() > newerThan) {
                Optional<Entry> found = level[place].find(key, hash, sequence);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** The first segment whose last key is not smaller; the length if there is none. */
    static int firstEndingAtOrAfter(Segment[] level, byte[] key) {
        int low = 0;
        int high = level.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Arrays.compareUnsigned(level[middle].lastKey(), key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Adds a cursor for each segment of level 0, and one for each level, newest first. */
    public void addCursors(EntryScan scan, List<EntryCursor> sources) {
        for (Segment segment : levels.get(0)) {
            if (segment.overlaps(scan)) {
                sources.add(segment.cursor(scan));
            }
        }
        for (Segment[] level : lower) {
            int first = firstEndingAtOrAfter(level, scan.from());
            if (first < level.length && level[first].overlaps(scan)) {
                boolean isOne = first + 1 == level.length || !level[first + 1].overlaps(scan);
                sources.add(isOne ? level[first].cursor(scan) : new LevelCursor(level, scan));
            }
        }
    }
}

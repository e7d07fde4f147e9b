package io.smilodon.engine.compaction;

import io.smilodon.engine.segment.BloomFilter;
import io.smilodon.engine.segment.Segment;
import java.util.List;

/**
 * Tells by some keys of a level whether they are new ones among others, as those of an index are
 * when documents are loaded, or new versions of keys that were there. Nothing is read for it: what
 * is not in memory counts as such versions.
 */
final class NewKeys {

    /** Keys looked at of each segment, about. */
    private static final int KEYS_LOOKED_AT = 16;

    private final Levels levels;
    private final int level;

    /** Keys that lie between the first and the last one of an older segment. */
    private int between;

    /** Those of them that an older segment may have. */
    private int known;

    private NewKeys(Levels levels, int level) {
        this.levels = levels;
        this.level = level;
    }

    /** Whether keys of a level lie among older ones, and most of these are new. */
    static boolean areMost(Levels levels, int level) {
        NewKeys keys = new NewKeys(levels, level);
        List<Segment> segments = levels.level(level);
        for (int place = 0; place < segments.size(); place++) {
            int newer = place;
            segments.get(place)
                    .sampleKeys(KEYS_LOOKED_AT, (key, count) -> keys.look(key, count, newer));
        }
        return 2 * keys.known < keys.between;
    }

    /**
     * @param count how many keys it stands for
     * @param place of the key's segment on its level
     */
    private void look(byte[] key, int count, int place) {
        List<Segment> older = levels.around(key, level, place);
        between += older.isEmpty() ? 0 : count;
        long hash = BloomFilter.hash(key);
        known += older.stream().anyMatch(segment -> segment.mayHave(key, hash)) ? count : 0;
    }
}

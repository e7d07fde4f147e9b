package io.smilodon.engine.compaction;

import io.smilodon.engine.entry.Entry;
import io.smilodon.engine.segment.SegmentLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Several keys looked for in the levels, which is sooner done than one by one. Not thread-safe. */
public final class LevelLookups {

    private final List<SegmentLookup> lookups = new ArrayList<>();

    /** Where those of each key end. */
    private final int[] ends;

    /**
     * @param keys not changed afterwards
     */
    LevelLookups(Levels levels, List<byte[]> keys) {
        this.ends = new int[keys.size()];
        for (int index = 0; index < ends.length; index++) {
            levels.addLookups(keys.get(index), lookups);
            ends[index] = lookups.size();
        }
        SegmentLookup.approach(lookups);
    }

    /** What {@link Levels#find} says of the key with this number. */
    public Optional<Entry> find(int index, long sequence) {
        for (int at = index == 0 ? 0 : ends[index - 1]; at < ends[index]; at++) {
            Optional<Entry> found = lookups.get(at).find(sequence);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}

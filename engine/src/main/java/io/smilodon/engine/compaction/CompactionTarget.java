package io.smilodon.engine.compaction;

import io.smilodon.engine.segment.Segment;
import java.util.List;

/** Where the live segments are. Only compaction takes segments away. */
public interface CompactionTarget {

    /** The live segments. */
    Levels levels();

    /** The oldest commit as of which there may be readers. */
    long horizon();

    /** Replaces segments by what became of them, for those who read from now on. */
    void compacted(Change change);

    /**
     * What became of segments.
     *
     * @param removed no longer live
     * @param added live from now on
     * @param level of those
     * @param forgotten the newest version of which nothing is left
     * @param floor the oldest commit as of which what is left can be read
     */
    record Change(
            List<Segment> removed, List<Segment> added, int level, long forgotten, long floor) {}
}

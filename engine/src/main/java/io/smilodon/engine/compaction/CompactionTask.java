package io.smilodon.engine.compaction;

import io.smilodon.engine.segment.Segment;
import java.util.List;

/** One step of compaction. */
public sealed interface CompactionTask {

    /**
     * Writes the entries of some segments anew.
     *
     * @param runs newest first; the segments of one run are disjoint and ascending
     * @param level where the result belongs; it takes the place of every input
     */
    record Merge(List<List<Segment>> runs, int level) implements CompactionTask {

        List<Segment> inputs() {
            return runs.stream().flatMap(List::stream).toList();
        }
    }

    /** Takes a segment to the next level as it is: nothing there overlaps it. */
    record Move(Segment segment, int level) implements CompactionTask {}

    /** Gives up segments all of whose keys were retired, without reading them. */
    record Drop(List<Segment> segments) implements CompactionTask {}
}

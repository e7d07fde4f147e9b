package io.smilodon.engine.check;

import io.smilodon.engine.manifest.SegmentFile;
import io.smilodon.engine.segment.SegmentInspection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checks segments against each other and against the manifest. Not thread-safe. */
final class LevelCheck {

    /** A segment with keys that could be read. */
    private record Placed(SegmentFile file, byte[] firstKey, byte[] lastKey) {}

    private final Findings findings;
    private final Map<Integer, List<Placed>> levels = new TreeMap<>();
    private long newest;
    private String newestName = "";

    LevelCheck(Findings findings) {
        this.findings = findings;
    }

    void add(SegmentFile segment, SegmentInspection found) {
        boolean agrees =
                found.sequences()
                        .map(
                                range ->
                                        range[0] >= segment.minSequence()
                                                && range[1] <= segment.maxSequence())
                        .orElse(true);
        if (!agrees) {
            findings.add(
                    Finding.damage(segment.name(), "commits that the manifest does not expect"));
        }
        if (segment.maxSequence() > newest) {
            newest = segment.maxSequence();
            newestName = segment.name();
        }
        if (found.firstKey().length > 0) {
            levels.computeIfAbsent(segment.level(), level -> new ArrayList<>())
                    .add(new Placed(segment, found.firstKey(), found.lastKey()));
        }
    }

    void finish(long checkpointLsn) {
        if (newest > checkpointLsn) {
            findings.add(
                    Finding.damage(newestName, "commits after the checkpoint of the manifest")
                            .lsn(newest));
        }
        levels.forEach(
                (level, segments) -> {
                    if (level > 0) {
                        requireDisjoint(level, segments);
                    }
                });
    }

    private void requireDisjoint(int level, List<Placed> segments) {
        segments.sort(Comparator.comparing(Placed::firstKey, Arrays::compareUnsigned));
        for (int index = 1; index < segments.size(); index++) {
            Placed before = segments.get(index - 1);
            Placed after = segments.get(index);
            if (Arrays.compareUnsigned(before.lastKey(), after.firstKey()) >= 0) {
                findings.add(
                        Finding.damage(
                                after.file().name(),
                                "keys that overlap those of "
                                        + before.file().name()
                                        + " on level "
                                        + level));
            }
        }
    }
}

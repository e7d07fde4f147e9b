package io.smilodon.engine.check;

import io.smilodon.engine.manifest.SegmentFile;
import io.smilodon.engine.segment.SegmentInspection;

/** Checks segments against each other. Not thread-safe. */
final class LevelCheck {

    private final Findings findings;
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
    }

    void finish(long checkpointLsn) {
        if (newest > checkpointLsn) {
            findings.add(
                    Finding.damage(newestName, "commits after the checkpoint of the manifest")
                            .lsn(newest));
        }
    }
}

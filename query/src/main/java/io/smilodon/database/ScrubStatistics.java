package io.smilodon.database;

import io.smilodon.engine.check.Finding;
import java.util.List;

/**
 * What reading all data again has done since opening, and what it has found.
 *
 * @param isRunning whether a pass is under way
 * @param passes finished passes
 * @param blocks blocks read
 * @param bytes bytes read
 * @param findings damage that the last whole pass found, and the one under way
 */
public record ScrubStatistics(
        boolean isRunning, long passes, long blocks, long bytes, List<Finding> findings) {

    static final ScrubStatistics NONE = new ScrubStatistics(false, 0, 0, 0, List.of());

    public ScrubStatistics {
        findings = List.copyOf(findings);
    }
}

package io.smilodon.engine.check;

import java.util.List;

/**
 * What a check of the files found.
 *
 * @param findings in the order in which they were found
 * @param damages how many of them tell of damage, those counted that were not kept
 * @param counts how much was read
 */
public record CheckReport(List<Finding> findings, long damages, StoreCounts counts) {

    public CheckReport {
        findings = List.copyOf(findings);
    }

    public boolean isGood() {
        return damages == 0;
    }
}

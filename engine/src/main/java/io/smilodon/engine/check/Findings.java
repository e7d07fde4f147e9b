package io.smilodon.engine.check;

import java.util.ArrayList;
import java.util.List;

/** Collects findings, so many as a person can want to read, and counts all. Not thread-safe. */
public final class Findings {

    /** More are counted only. */
    public static final int KEPT_MAX = 10_000;

    private final List<Finding> kept = new ArrayList<>();
    private long damages;
    private long notes;

    public void add(Finding finding) {
        if (finding.isDamage()) {
            damages++;
        } else {
            notes++;
        }
        if (kept.size() < KEPT_MAX) {
            kept.add(finding);
        }
    }

    public List<Finding> kept() {
        return List.copyOf(kept);
    }

    public long damages() {
        return damages;
    }

    public long notes() {
        return notes;
    }
}

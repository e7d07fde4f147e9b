package io.smilodon.database.action;

import io.smilodon.engine.value.Value;

/** Counts in answers: a 32-bit number where it is large enough, as MongoDB's servers send them. */
public final class Counts {

    private Counts() {}

    public static Value of(long count) {
        return count == (int) count ? Value.of((int) count) : Value.of(count);
    }
}

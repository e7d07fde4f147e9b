package io.smilodon.engine.log;

/** When the log is forced to disk for a commit, in rising order. */
public enum Forcing {
    /** Whenever that happens anyhow. */
    LATER,
    /** Within the interval. */
    SOON,
    /** Before the commit is answered and visible. */
    NOW;

    public Forcing atLeast(Forcing other) {
        return compareTo(other) >= 0 ? this : other;
    }
}

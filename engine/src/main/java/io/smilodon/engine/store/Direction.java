package io.smilodon.engine.store;

/** Which way a cursor goes through the keys. */
public enum Direction {
    FORWARD,
    BACKWARD;

    public Direction reversed() {
        return this == FORWARD ? BACKWARD : FORWARD;
    }
}

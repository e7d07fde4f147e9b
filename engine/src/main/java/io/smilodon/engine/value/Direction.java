package io.smilodon.engine.value;

/** Which way an order is followed: upwards from the lowest, or downwards from the highest. */
public enum Direction {
    FORWARD,
    BACKWARD;

    public Direction reversed() {
        return this == FORWARD ? BACKWARD : FORWARD;
    }
}

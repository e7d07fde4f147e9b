package io.smilodon.database;

/** Pending. */
final class Pending {
    private Pending() {}

    static IllegalStateException part() {
        return new IllegalStateException("not assembled yet");
    }
}

package io.smilodon.database;

/** One batch that somebody is reading; another of the same cursor is not equal to it. */
final class CursorReading {

    private final ParkedCursor cursor;
    private final CursorOwner owner;

    CursorReading(ParkedCursor cursor, CursorOwner owner) {
        this.cursor = cursor;
        this.owner = owner;
    }

    ParkedCursor cursor() {
        return cursor;
    }

    CursorOwner owner() {
        return owner;
    }
}

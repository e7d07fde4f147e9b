package io.smilodon.database;

/**
 * Ends an attempt that would remove more from a capped collection than one transaction should.
 * {@link CollectionWrites} makes the room in several of them, then runs the attempt again; nobody
 * else sees it.
 */
final class RoomNeeded extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final long documents;
    private final long bytes;

    /**
     * @param documents how many the attempt adds; negative if it removes more
     * @param bytes how large they are as stored
     */
    RoomNeeded(long documents, long bytes) {
        super("room for " + documents + " documents of " + bytes + " bytes", null, false, false);
        this.documents = documents;
        this.bytes = bytes;
    }

    long documents() {
        return documents;
    }

    long bytes() {
        return bytes;
    }
}

package io.smilodon.database;

import io.smilodon.engine.value.BinaryValue;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * What tells a collection from all others, also from those that had its name before or have it
 * elsewhere. It follows from the ids of store and collection, so it stays what it is when the
 * collection is renamed.
 */
final class CollectionUuid {

    private static final byte SUBTYPE = 4;
    private static final int BYTES = 2 * Long.BYTES;
    private static final long VERSION_MASK = 0xF000;

    /** Programs may look for the version of random UUIDs, which MongoDB gives. */
    private static final long VERSION = 0x4000;

    private CollectionUuid() {}

    static BinaryValue of(long storeId, int collectionId) {
        byte[] name =
                ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                        .putLong(storeId)
                        .putInt(collectionId)
                        .array();
        UUID hash = UUID.nameUUIDFromBytes(name);
        long high = hash.getMostSignificantBits() & ~VERSION_MASK | VERSION;
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).putLong(high);
        return new BinaryValue(SUBTYPE, bytes.putLong(hash.getLeastSignificantBits()).array());
    }
}

package io.smilodon.database;

import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.collation.Collation;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/**
 * An index of a collection, whether it can be read already or not.
 *
 * @param specification MongoDB's
 * @param build a UUID for the build that goes on; empty for an index that can be read
 */
public record IndexListing(Document specification, Optional<BinaryValue> build) {

    private static final byte UUID_SUBTYPE = 4;

    static IndexListing onId(Collation collation) {
        return new IndexListing(
                IndexDefinition.onId(collation).toSpecification(), Optional.empty());
    }

    static IndexListing of(int collectionId, IndexEntry index) {
        return new IndexListing(
                index.definition().toSpecification(),
                index.isReady()
                        ? Optional.empty()
                        : Optional.of(build(collectionId, index.definition().id())));
    }

    /** No number of a collection or an index is given twice. */
    private static BinaryValue build(int collectionId, int indexId) {
        ByteBuffer name = ByteBuffer.allocate(2 * Integer.BYTES);
        UUID id = UUID.nameUUIDFromBytes(name.putInt(collectionId).putInt(indexId).array());
        ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES);
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        return new BinaryValue(UUID_SUBTYPE, bytes.array());
    }
}

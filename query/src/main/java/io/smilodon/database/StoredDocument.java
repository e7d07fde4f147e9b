package io.smilodon.database;

import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.store.VersionedValue;
import io.smilodon.engine.value.Document;

/**
 * A document as a transaction's view has it.
 *
 * @param idKey its encoded {@code _id}; nobody may change it
 * @param document the document
 * @param version the version that wrote it
 * @param bytes its size in the store
 */
record StoredDocument(byte[] idKey, Document document, long version, int bytes) {

    static StoredDocument of(byte[] idKey, VersionedValue stored) {
        return new StoredDocument(
                idKey,
                DocumentCodec.decode(stored.value()),
                stored.version(),
                stored.value().length);
    }

    /**
     * With the version by which others will know it: 0 if the reading transaction has written it
     * itself, because that version is known when it commits.
     *
     * @param snapshotSequence the last commit that is seen
     */
    VersionedDocument versioned(long snapshotSequence) {
        return new VersionedDocument(document, known(version, snapshotSequence));
    }

    /** The same of a document that is only read. */
    static VersionedDocument versioned(VersionedValue stored, long snapshotSequence) {
        return new VersionedDocument(
                DocumentCodec.decode(stored.value()), known(stored.version(), snapshotSequence));
    }

    private static long known(long version, long snapshotSequence) {
        return version > snapshotSequence ? 0 : version;
    }
}

package io.smilodon.database;

import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.store.VersionedValue;
import io.smilodon.engine.value.Document;

/**
 * A document as a transaction's view has it.
 *
 * @param document the document
 * @param version the version that wrote it
 * @param bytes its size in the store
 */
record StoredDocument(Document document, long version, int bytes) {

    static StoredDocument of(VersionedValue stored) {
        return new StoredDocument(
                DocumentCodec.decode(stored.value()), stored.version(), stored.value().length);
    }

    /**
     * With the version by which others will know it: 0 if the reading transaction has written it
     * itself, because that version is known when it commits.
     *
     * @param snapshotSequence the last commit that is seen
     */
    VersionedDocument versioned(long snapshotSequence) {
        return new VersionedDocument(document, version > snapshotSequence ? 0 : version);
    }
}

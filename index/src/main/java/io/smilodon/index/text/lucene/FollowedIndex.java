package io.smilodon.index.text.lucene;

import io.smilodon.engine.store.KeyRange;
import java.util.Arrays;

/**
 * A Lucene index that follows one collection.
 *
 * @param id names its files; unique for ever
 * @param documents what the keys of the collection's documents start with; the rest is the encoded
 *     {@code _id}
 * @param fingerprint of everything that the mapping depends on: files of another one are built anew
 * @param mapping what the index holds of a document
 */
public record FollowedIndex(int id, byte[] documents, String fingerprint, LuceneMapping mapping) {

    /** The field with the encoded {@code _id}, as a term and as a binary doc value. */
    public static final String ID_FIELD = "$idKey";

    KeyRange range() {
        return KeyRange.prefix(documents);
    }

    boolean holds(byte[] key) {
        return key.length > documents.length
                && Arrays.equals(key, 0, documents.length, documents, 0, documents.length);
    }

    byte[] idKey(byte[] key) {
        return Arrays.copyOfRange(key, documents.length, key.length);
    }
}

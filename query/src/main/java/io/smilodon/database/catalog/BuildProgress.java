package io.smilodon.database.catalog;

import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;

/**
 * How far the filling of an index has come. It is committed with the entries that it tells of: a
 * build that was cut short goes on behind it.
 *
 * @param lastIdKey nobody changes it; the encoded {@code _id} of the last document that was looked
 *     at; empty at first
 * @param documents how many have been looked at
 * @param bytes of them, as stored
 */
public record BuildProgress(byte[] lastIdKey, long documents, long bytes) {

    public static final BuildProgress NOTHING = new BuildProgress(new byte[0], 0, 0);

    private static final String LAST = "last";
    private static final String DOCUMENTS = "documents";
    private static final String BYTES = "bytes";

    /** After more documents, of which this is the last. */
    public BuildProgress plus(byte[] idKey, long moreDocuments, long moreBytes) {
        return new BuildProgress(idKey, documents + moreDocuments, bytes + moreBytes);
    }

    byte[] encode() {
        return DocumentCodec.encode(
                Document.builder()
                        .put(LAST, new BinaryValue((byte) 0, lastIdKey))
                        .put(DOCUMENTS, documents)
                        .put(BYTES, bytes)
                        .build());
    }

    static BuildProgress decode(byte[] stored) {
        Document document = DocumentCodec.decode(stored);
        if (!(document.get(LAST) instanceof BinaryValue last)) {
            throw Damage.found(document, LAST);
        }
        return new BuildProgress(
                last.bytes(), Damage.count(document, DOCUMENTS), Damage.count(document, BYTES));
    }
}

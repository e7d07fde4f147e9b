package io.smilodon.index;

import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.IndexKey;
import java.util.Optional;

/**
 * Keeps the entries of one index in step with the documents of its collection, and reads them. One
 * implementation per kind of index, see {@link IndexTypes}. Immutable and thread-safe.
 */
public interface IndexMaintainer {

    IndexDefinition definition();

    /**
     * Writes what the change of one document changes in the index: an insert has no document
     * before, a delete none after.
     *
     * @param before the document as the transaction's view has it
     * @param after the document as the transaction will have it
     * @param idKey the encoded {@code _id}, the same for both
     * @return what the entries of the document after the change say of the index; the caller
     *     records it in the catalog, in this transaction, if it is news
     * @throws io.smilodon.engine.error.SmilodonException 11000 if another document has a key of a
     *     unique index, 171 for parallel arrays; the transaction is then to be abandoned
     */
    IndexTraits update(
            Optional<Document> before,
            Optional<Document> after,
            byte[] idKey,
            Transaction transaction);

    /**
     * Whether what changes at this path of a document, or below it, may change its entries. If not,
     * an update need not be told to the index.
     */
    boolean mayChangeAt(FieldPath path);

    /** Whether the index can have entries of the document; if not, {@link #update} refuses it. */
    boolean canHold(Document document);

    /**
     * The encoded {@code _id} of the document with this key.
     *
     * @param key of an index with unique entries; as keys are stored, by the collation
     */
    Optional<byte[]> idOf(IndexKey key, ReadView view);

    /**
     * Opens a cursor over the entries inside the bounds.
     *
     * @param bounds one set of intervals per part of the key pattern; parts that it lacks are
     *     unbounded
     * @param direction forward for the order of the key pattern, backward for its reverse
     */
    IndexCursor open(IndexBounds bounds, Direction direction, ReadView view);
}

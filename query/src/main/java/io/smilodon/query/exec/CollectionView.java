package io.smilodon.query.exec;

import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexCursor;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.IndexKey;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What a plan reads: one state of one collection and its indexes. Not thread-safe.
 *
 * <p>An encoded id is {@code KeyCodec.encode} of the document's {@code _id}.
 */
public interface CollectionView {

    /**
     * The documents whose encoded id lies in the range, in its order.
     *
     * @param ids a range of encoded ids, without any prefix of the store; {@link KeyRange#all} for
     *     the whole collection
     */
    Cursor scan(KeyRange ids, Direction direction);

    /**
     * All documents in their natural order: as they were inserted, if the collection keeps that.
     */
    default Cursor scanNatural(Direction direction) {
        return scan(KeyRange.all(), direction);
    }

    /** The document with this encoded id. */
    Optional<Document> fetch(byte[] id);

    /**
     * The documents with some encoded ids, by their numbers from 0 on: to be fetched one by one,
     * but looked for together.
     *
     * @param ids some tens, not changed afterwards
     */
    default IntFunction<Optional<Document>> fetchAll(List<byte[]> ids) {
        return index -> fetch(ids.get(index));
    }

    /**
     * Where a document of the collection lies, for who asks; {@code Missing} if nobody can tell.
     */
    default Value recordId(Document document) {
        return Missing.INSTANCE;
    }

    /** The encoded id of the document with this key of a unique index of the collection. */
    Optional<byte[]> idOf(IndexDefinition index, IndexKey key);

    /** The entries of an index of the collection inside the bounds. */
    IndexCursor openIndex(IndexDefinition index, IndexBounds bounds, Direction direction);
}

package io.smilodon.database;

import io.smilodon.database.catalog.Cap;
import io.smilodon.database.catalog.Catalog;
import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.database.catalog.Keyspace;
import io.smilodon.engine.Limits;
import io.smilodon.engine.codec.DocumentEncoder;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.VersionedValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Value;
import io.smilodon.index.DuplicateKeyError;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.IndexTraits;
import io.smilodon.index.key.IndexKey;
import io.smilodon.query.update.TouchedPath;
import io.smilodon.query.update.Update;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes documents of one collection with their index entries, in one transaction. It guards the
 * collection's entry in the catalog: a commit that did not know of an index, of a rule or of a drop
 * fails. Not thread-safe; lives as long as the transaction.
 */
final class CollectionWriter {

    /** Documents that one step removes from a capped collection to make room. */
    static final int ROOM_PART_COUNT = 1_000;

    private final Catalog catalog;
    private final CountingTransaction transaction;
    private final DocumentEncoder encoder = new DocumentEncoder();
    private final CollectionEntry original;
    private final WriteNotes notes;
    private final Validator validator;

    /** Of a capped collection. */
    private final Optional<InsertionOrder> order;

    private Consumer<byte[]> announcement = key -> {};
    private final WriteLimits limits;
    private CollectionEntry entry;
    private long insertedCount;
    private long replacedCount;
    private long deletedCount;
    private long bytesChange;
    private boolean isRoomWhole = true;
    private long evictedCount;
    private long evictedBytes;

    CollectionWriter(
            Catalog catalog, CollectionEntry entry, Validator validator, Transaction transaction) {
        this.catalog = catalog;
        this.validator = validator;
        this.original = entry;
        this.entry = entry;
        this.transaction = new CountingTransaction(transaction);
        this.notes = new WriteNotes(entry, this.transaction);
        this.order =
                entry.options().cap().map(cap -> new InsertionOrder(entry.id(), this.transaction));
        transaction.requireUnchanged(entry.key());
        this.limits = WriteLimits.of(entry.namespace());
    }

    /** An insertion that would have to remove too much at once throws {@link RoomNeeded}. */
    CollectionWriter makingRoomInParts() {
        isRoomWhole = false;
        return this;
    }

    /** Each document is announced by its key before it is written. */
    CollectionWriter announcingTo(Consumer<byte[]> listener) {
        announcement = listener;
        return this;
    }

    /** With which documents it may do what it is told to. */
    WriteLimits limits() {
        return limits;
    }

    CollectionEntry entry() {
        return entry;
    }

    /** What the transaction sees, its own writes included. */
    Transaction view() {
        return transaction;
    }

    long writeCount() {
        return transaction.writeCount();
    }

    long writtenBytes() {
        return transaction.writtenBytes();
    }

    long insertedCount() {
        return insertedCount;
    }

    long replacedCount() {
        return replacedCount;
    }

    long deletedCount() {
        return deletedCount;
    }

    long documentCountChange() {
        return insertedCount - deletedCount;
    }

    /** Documents that were inserted, replaced or deleted. */
    long documentsWritten() {
        return insertedCount + replacedCount + deletedCount;
    }

    long bytesChange() {
        return bytesChange;
    }

    /** How many documents were removed to make room for others. */
    long evictedCount() {
        return evictedCount;
    }

    /** A document that may be written. */
    Optional<StoredDocument> find(Value id) {
        byte[] idKey = entry.idKey(id);
        return transaction
                .get(Keyspace.documentOfIdKey(entry.id(), idKey))
                .map(stored -> StoredDocument.of(idKey, stored))
                .filter(stored -> limits.select(stored.document(), entry));
    }

    /** Stores a new document. Its {@code _id} must be there and of a type that can be one. */
    void insert(Document written, SizeLimit limit) {
        Document document = limits.inserted(written);
        limits.check(Optional.empty(), Optional.of(document), entry);
        Value id = document.get("_id");
        validator.checkInsert(document);
        byte[] idKey = idKey(id);
        byte[] key = Keyspace.documentOfIdKey(entry.id(), idKey);
        if (transaction.get(key).isPresent()) {
            throw DuplicateKeyError.of(
                    entry.namespace().toString(),
                    IndexDefinition.onId(entry.collation()),
                    IndexKey.of(entry.collation().order().key(id)));
        }
        byte[] bytes = limit.encode(document, encoder);
        requireRoom(bytes.length);
        announcement.accept(key);
        maintain(Optional.empty(), Optional.of(document), idKey);
        transaction.put(key, bytes);
        notes.inserted(key);
        insertedCount++;
        bytesChange += bytes.length;
        order.ifPresent(
                kept -> {
                    kept.append(idKey, bytes.length);
                    makeRoom();
                });
    }

    private void requireRoom(int bytes) {
        long bytesMax = entry.options().cap().map(Cap::bytesMax).orElse(Long.MAX_VALUE);
        if (bytes > bytesMax) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE,
                    "object to insert exceeds cappedMaxSize",
                    Map.of("bytes", bytes, "limit", bytesMax));
        }
    }

    /** For what is inserted already. */
    private void makeRoom() {
        if (!makeRoom(0, 0)) {
            throw new RoomNeeded(documentCountChange() + evictedCount, bytesChange + evictedBytes);
        }
    }

    /**
     * Removes what was inserted first until a capped collection, with so much more in it, holds no
     * more than it may, or is empty.
     *
     * @return false if that is to be done in parts and this one is over before
     */
    boolean makeRoom(long documents, long bytes) {
        if (order.isEmpty()) {
            return true;
        }
        Cap cap = entry.options().cap().orElseThrow();
        InsertionOrder kept = order.get();
        long countMax = evictedCount + ROOM_PART_COUNT;
        long writtenMax = writtenBytes() + PartSize.BYTES_MAX;
        while (!kept.fill().isEmpty() && !kept.fill().plus(documents, bytes).isWithin(cap)) {
            if (!isRoomWhole && (evictedCount >= countMax || writtenBytes() >= writtenMax)) {
                return false;
            }
            byte[] idKey = kept.oldest();
            VersionedValue stored = InsertionOrder.document(entry.id(), idKey, transaction);
            evict(StoredDocument.of(idKey, stored));
        }
        return true;
    }

    private void evict(StoredDocument oldest) {
        remove(oldest);
        evictedCount++;
        evictedBytes += oldest.bytes();
    }

    /**
     * Stores another document under the same {@code _id}.
     *
     * @param update made it of the one before
     */
    void replace(StoredDocument before, Document after, Update update) {
        limits.check(Optional.of(before.document()), Optional.of(after), entry);
        validator.checkReplace(before.document(), after);
        byte[] idKey = before.idKey();
        byte[] bytes = SizeLimit.OF_UPDATE.encode(after, encoder);
        byte[] key = Keyspace.documentOfIdKey(entry.id(), idKey);
        announcement.accept(key);
        maintain(before.document(), after, idKey, update);
        transaction.put(key, bytes);
        notes.replaced(key, before, after, update);
        replacedCount++;
        bytesChange += bytes.length - before.bytes();
        order.ifPresent(kept -> kept.resize(bytes.length - before.bytes()));
    }

    void delete(StoredDocument before) {
        limits.check(Optional.of(before.document()), Optional.empty(), entry);
        remove(before);
    }

    private void remove(StoredDocument before) {
        byte[] idKey = before.idKey();
        byte[] key = Keyspace.documentOfIdKey(entry.id(), idKey);
        announcement.accept(key);
        maintain(Optional.of(before.document()), Optional.empty(), idKey);
        transaction.delete(key);
        notes.removed(key, before);
        deletedCount++;
        bytesChange -= before.bytes();
        order.ifPresent(kept -> kept.remove(idKey, before.bytes()));
    }

    /** Writes the entries that one index has for a document that is stored already. */
    void index(IndexEntry index, Document document) {
        maintain(index, Optional.empty(), Optional.of(document), idKey(document.get("_id")));
    }

    /** Makes a commit fail if another one changes this document meanwhile. */
    void guard(Value id) {
        transaction.requireUnchanged(entry.documentKey(id));
    }

    /**
     * Records what was learnt of the indexes, and of the order; the last step before the commit.
     *
     * @param isPart whether other statements may belong to the same transaction
     */
    void finish(boolean isPart) {
        notes.finish(isPart);
        order.ifPresent(InsertionOrder::finish);
        if (entry != original) {
            catalog.put(entry, transaction);
        }
    }

    /** Only where the update may change something: an index keeps its keys otherwise. */
    private void maintain(Document before, Document after, byte[] idKey, Update update) {
        if (entry.indexes().isEmpty()) {
            return;
        }
        Optional<List<FieldPath>> places =
                update.touchedPaths()
                        .map(paths -> paths.stream().map(TouchedPath::extent).toList());
        for (IndexEntry index : entry.indexes()) {
            if (places.isEmpty() || index.mayChangeAt(places.get())) {
                maintain(index, Optional.of(before), Optional.of(after), idKey);
            }
        }
    }

    private void maintain(Optional<Document> before, Optional<Document> after, byte[] idKey) {
        for (IndexEntry index : entry.indexes()) {
            maintain(index, before, after, idKey);
        }
    }

    private void maintain(
            IndexEntry index, Optional<Document> before, Optional<Document> after, byte[] idKey) {
        IndexTraits found = index.update(before, after, idKey, transaction);
        if (!index.traits().containsAll(found)) {
            entry = entry.replacing(index.withTraits(index.traits().union(found)));
        }
    }

    private byte[] idKey(Value id) {
        byte[] key = entry.idKey(id);
        if (key.length > Limits.ID_BYTES_MAX) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE,
                    "The _id is too long",
                    Map.of("bytes", key.length, "limit", Limits.ID_BYTES_MAX));
        }
        return key;
    }
}

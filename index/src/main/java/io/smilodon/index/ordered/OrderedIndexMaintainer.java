package io.smilodon.index.ordered;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.VersionedValue;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.index.DuplicateKeyError;
import io.smilodon.index.IndexCursor;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.IndexMaintainer;
import io.smilodon.index.IndexTraits;
import io.smilodon.index.key.DocumentKeys;
import io.smilodon.index.key.ExtractedKeys;
import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.IndexKey;
import io.smilodon.index.key.KeyPattern;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps an index in the order of its values: one entry per key of a document, see {@link
 * EntryFormat}. Only entries that change are written. Immutable and thread-safe.
 */
public final class OrderedIndexMaintainer implements IndexMaintainer {

    private final IndexDefinition definition;
    private final String namespace;
    private final KeyPattern pattern;
    private final DocumentKeys extractor;
    private final EntryWriter writer;

    /**
     * A maintainer of one index.
     *
     * @param definition with its id
     * @param namespace database and collection, as errors name them
     */
    public OrderedIndexMaintainer(IndexDefinition definition, String namespace) {
        this.definition = definition;
        this.namespace = namespace;
        this.pattern = definition.keyPattern();
        this.extractor = definition.keys();
        this.writer = new EntryWriter(definition);
    }

    @Override
    public IndexDefinition definition() {
        return definition;
    }

    @Override
    public IndexTraits update(
            Optional<Document> before,
            Optional<Document> after,
            byte[] idKey,
            Transaction transaction) {
        if (before.isEmpty() && after.isPresent()) {
            return insert(extractor.keys(after.get()), idKey, transaction);
        }
        NavigableMap<byte[], Entry> old =
                before.map(document -> entries(extractor.keys(document), idKey))
                        .orElseGet(() -> new TreeMap<>(Arrays::compareUnsigned));
        Optional<ExtractedKeys> keys = after.map(extractor::keys);
        NavigableMap<byte[], Entry> wanted =
                keys.map(found -> entries(found, idKey))
                        .orElseGet(() -> new TreeMap<>(Arrays::compareUnsigned));
        if (definition.options().refusesDuplicates()) {
            wanted.forEach((key, entry) -> checkFree(entry, old, idKey, transaction));
        }
        delete(old, wanted, idKey, transaction);
        put(old, wanted, transaction);
        boolean isCut = wanted.values().stream().anyMatch(Entry::isCut);
        return keys.map(found -> traits(found, isCut))
                .orElseGet(() -> IndexTraits.none(definition));
    }

    /** As of any change; a document that had no entries needs no comparing. */
    private IndexTraits insert(ExtractedKeys keys, byte[] idKey, Transaction transaction) {
        List<Entry> entries = writer.inOrderOf(keys.keys(), idKey);
        boolean isCut = false;
        for (Entry entry : entries) {
            isCut |= entry.isCut();
            if (definition.options().refusesDuplicates()
                    && isOfAnother(entry.key(), idKey, transaction)) {
                throw DuplicateKeyError.of(namespace, definition, entry.indexKey());
            }
        }
        for (Entry entry : entries) {
            transaction.put(entry.key(), entry.value());
        }
        return traits(keys, isCut);
    }

    @Override
    public boolean mayChangeAt(FieldPath path) {
        return extractor.mayChangeAt(path);
    }

    @Override
    public boolean canHold(Document document) {
        try {
            extractor.keys(document);
            return true;
        } catch (SmilodonException error) {
            if (!DocumentKeys.REFUSALS.contains(error.code().number())) {
                throw error;
            }
            return false;
        }
    }

    /**
     * What a document should have in the index, and what that says of the index.
     *
     * @param entries by their keys in the store
     */
    record Wanted(NavigableMap<byte[], Entry> entries, IndexTraits traits) {}

    Wanted wanted(Document document, byte[] idKey) {
        ExtractedKeys keys = extractor.keys(document);
        NavigableMap<byte[], Entry> entries = entries(keys, idKey);
        boolean isCut = entries.values().stream().anyMatch(Entry::isCut);
        return new Wanted(entries, traits(keys, isCut));
    }

    private static IndexTraits traits(ExtractedKeys keys, boolean isCut) {
        return new IndexTraits(keys.multikeyPaths(), isCut, keys.arrays());
    }

    private NavigableMap<byte[], Entry> entries(ExtractedKeys keys, byte[] idKey) {
        return writer.entries(keys.keys(), idKey);
    }

    /**
     * While a unique index is being filled, a document from before has no entries yet, and its key
     * may have become another's: that one's entry stays, but whoever fills must not give the key to
     * this document meanwhile.
     */
    private void delete(
            NavigableMap<byte[], Entry> old,
            NavigableMap<byte[], Entry> wanted,
            byte[] idKey,
            Transaction transaction) {
        for (byte[] key : old.keySet()) {
            if (!wanted.containsKey(key)) {
                if (definition.options().hasUniqueEntries()
                        && isOfAnother(key, idKey, transaction)) {
                    transaction.requireUnchanged(key);
                } else {
                    transaction.delete(key);
                }
            }
        }
    }

    /** Whether another document has the key of an entry that this one is to get. */
    private boolean isOfAnother(byte[] key, byte[] idKey, Transaction transaction) {
        return definition.options().hasUniqueEntries()
                ? isEntryOfAnother(key, idKey, transaction)
                : isShared(key, idKey, transaction);
    }

    /**
     * Looks for another {@code _id} behind the same fields; of fields that were cut, behind the
     * same beginning. Removing what is never there, the fields alone, makes two transactions that
     * add the same key conflict.
     */
    private static boolean isShared(byte[] key, byte[] idKey, Transaction transaction) {
        byte[] fields = Arrays.copyOf(key, key.length - idKey.length);
        try (KeyCursor entries = transaction.cursor(KeyRange.prefix(fields), Direction.FORWARD)) {
            while (entries.advance()) {
                if (!Arrays.equals(entries.key(), key)) {
                    return true;
                }
            }
        }
        transaction.delete(fields);
        return false;
    }

    private boolean isEntryOfAnother(byte[] key, byte[] idKey, Transaction transaction) {
        Optional<VersionedValue> found = transaction.get(key);
        if (found.isEmpty()) {
            return false;
        }
        EntryReader reader = new EntryReader(definition);
        reader.read(key, found.get().value());
        return !Arrays.equals(reader.idKey(), idKey);
    }

    private static void put(
            NavigableMap<byte[], Entry> old,
            NavigableMap<byte[], Entry> wanted,
            Transaction transaction) {
        for (Entry entry : wanted.values()) {
            Entry was = old.get(entry.key());
            if (was == null || !Arrays.equals(was.value(), entry.value())) {
                transaction.put(entry.key(), entry.value());
            }
        }
    }

    /** A key that the document had before is its own; any other must not belong to another. */
    private void checkFree(
            Entry entry, NavigableMap<byte[], Entry> old, byte[] idKey, Transaction transaction) {
        if (old.containsKey(entry.key())) {
            return;
        }
        if (isOfAnother(entry.key(), idKey, transaction)) {
            throw DuplicateKeyError.of(namespace, definition, entry.indexKey());
        }
    }

    @Override
    public Optional<byte[]> idOf(IndexKey key, ReadView view) {
        byte[] entryKey = writer.uniqueKey(key);
        return view.get(entryKey)
                .map(
                        entry -> {
                            EntryReader reader = new EntryReader(definition);
                            reader.read(entryKey, entry.value());
                            return reader.idKey();
                        });
    }

    @Override
    public IndexCursor open(IndexBounds bounds, Direction direction, ReadView view) {
        ByteBounds byteBounds =
                new ByteBounds(EntryFormat.prefix(definition.id()), pattern, bounds);
        Optional<KeyRange> range = byteBounds.range();
        if (range.isEmpty()) {
            return EmptyIndexCursor.INSTANCE;
        }
        EntryReader reader = new EntryReader(definition, byteBounds.endsOfPoints());
        return new OrderedIndexCursor(
                view, new OrderedIndexCursor.Scan(byteBounds, direction, reader), range.get());
    }
}

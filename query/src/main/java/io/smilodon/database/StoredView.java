package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Keyspace;
import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyLookups;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.VersionedValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexCursor;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.IndexKey;
import io.smilodon.query.exec.CollectionView;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.update.DocumentRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** One collection as a snapshot or a transaction sees it. Not thread-safe. */
final class StoredView implements CollectionView {

    private final CollectionEntry entry;
    private final ReadView view;

    StoredView(CollectionEntry entry, ReadView view) {
        this.entry = entry;
        this.view = view;
    }

    @Override
    public Cursor scan(KeyRange ids, Direction direction) {
        byte[] from = Keyspace.documentOfIdKey(entry.id(), ids.from());
        byte[] to =
                ids.to().length == 0
                        ? KeyRange.prefix(Keyspace.documents(entry.id())).to()
                        : Keyspace.documentOfIdKey(entry.id(), ids.to());
        return new ScanCursor(view.cursor(new KeyRange(from, to), direction));
    }

    @Override
    public Cursor scanNatural(Direction direction) {
        return entry.isCapped()
                ? new NaturalCursor(entry.id(), view, direction)
                : scan(KeyRange.all(), direction);
    }

    @Override
    public Optional<Document> fetch(byte[] id) {
        return view.get(Keyspace.documentOfIdKey(entry.id(), id)).map(StoredView::document);
    }

    @Override
    public IntFunction<Optional<Document>> fetchAll(List<byte[]> ids) {
        List<byte[]> keys = new ArrayList<>(ids.size());
        for (byte[] id : ids) {
            keys.add(Keyspace.documentOfIdKey(entry.id(), id));
        }
        KeyLookups lookups = view.lookups(keys);
        return index -> lookups.get(index).map(StoredView::document);
    }

    private static Document document(VersionedValue stored) {
        return DocumentCodec.decode(stored.value());
    }

    /** The number of a document that has one, else its encoded {@code _id}. */
    @Override
    public Value recordId(Document document) {
        byte[] idKey = entry.idKey(document.get(DocumentRules.ID));
        return entry.isCapped() ? number(idKey) : new BinaryValue((byte) 0, idKey);
    }

    private Value number(byte[] idKey) {
        return view.get(Keyspace.place(entry.id(), idKey))
                .flatMap(stored -> InsertionOrder.decode(stored.value()))
                .<Value>map(Value::of)
                .orElse(Missing.INSTANCE);
    }

    @Override
    public Optional<byte[]> idOf(IndexDefinition index, IndexKey key) {
        return entry.index(index.id()).orElseThrow().maintainer().idOf(key, view);
    }

    @Override
    public IndexCursor openIndex(IndexDefinition index, IndexBounds bounds, Direction direction) {
        return entry.index(index.id()).orElseThrow().maintainer().open(bounds, direction, view);
    }

    /** The documents of a range of keys. */
    private record ScanCursor(KeyCursor keys, ByteSpan span) implements Cursor {

        ScanCursor(KeyCursor keys) {
            this(keys, new ByteSpan());
        }

        @Override
        public boolean advance() {
            return keys.advance();
        }

        @Override
        public Document current() {
            return DocumentCodec.decode(keys.value());
        }

        @Override
        public Document passing() {
            keys.value(span);
            return DocumentCodec.decode(span.bytes(), span.start(), span.length());
        }

        @Override
        public void close() {
            keys.close();
        }
    }
}

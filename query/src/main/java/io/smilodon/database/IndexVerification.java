package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.database.catalog.Keyspace;
import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.index.ordered.Disagreement;
import io.smilodon.index.ordered.DocumentSource;
import io.smilodon.index.ordered.IndexVerifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Checks the indexes and the order of one collection against its documents. Not thread-safe. */
final class IndexVerification implements DocumentSource {

    private final CollectionEntry entry;
    private final ReadView view;

    IndexVerification(CollectionEntry entry, ReadView view) {
        this.entry = entry;
        this.view = view;
    }

    /** One line for each place where they do not say what the documents say. */
    List<String> run() {
        List<String> lines = new ArrayList<>();
        if (entry.isCapped()) {
            new InsertionOrderCheck(
                            entry.id(),
                            view,
                            line -> lines.add(entry.namespace() + " order of insertion: " + line))
                    .run();
        }
        for (IndexEntry index : entry.indexes()) {
            if (index.isReady()) {
                for (Disagreement found : IndexVerifier.verify(index.definition(), this, view)) {
                    lines.add(
                            entry.namespace()
                                    + " index "
                                    + index.definition().name()
                                    + ": "
                                    + found);
                }
            }
        }
        return lines;
    }

    @Override
    public void forEach(BiConsumer<byte[], Document> action) {
        KeyRange documents = KeyRange.prefix(Keyspace.documents(entry.id()));
        try (KeyCursor cursor = view.cursor(documents, Direction.FORWARD)) {
            while (cursor.advance()) {
                action.accept(Keyspace.idKey(cursor.key()), DocumentCodec.decode(cursor.value()));
            }
        }
    }

    @Override
    public Optional<Document> find(byte[] idKey) {
        return view.get(Keyspace.documentOfIdKey(entry.id(), idKey))
                .map(stored -> DocumentCodec.decode(stored.value()));
    }
}

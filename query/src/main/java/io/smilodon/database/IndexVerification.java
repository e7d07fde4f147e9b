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
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.ordered.DocumentSource;
import io.smilodon.index.ordered.IndexVerifier;
import io.smilodon.index.ordered.IndexVerifier.Verification;
import io.smilodon.query.Steps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Checks the indexes and the order of one collection against its documents. Not thread-safe. */
final class IndexVerification implements DocumentSource {

    private final CollectionEntry entry;
    private final ReadView view;
    private final SearchFiles searchFiles;
    private long documents;
    private long nonCompliant;

    IndexVerification(CollectionEntry entry, ReadView view, SearchFiles searchFiles) {
        this.entry = entry;
        this.view = view;
        this.searchFiles = searchFiles;
    }

    CollectionVerification run() {
        List<String> others = new ArrayList<>();
        if (entry.isCapped()) {
            new InsertionOrderCheck(
                            entry.id(),
                            view,
                            line -> others.add(entry.namespace() + " order of insertion: " + line))
                    .run();
        }
        Map<String, Long> keys = new LinkedHashMap<>();
        readDocuments();
        keys.put(IndexDefinition.ID_INDEX_NAME, documents);
        Map<String, List<String>> problems = new HashMap<>();
        for (IndexEntry index : entry.indexes()) {
            if (index.isReady()) {
                String name = index.definition().name();
                Verification found =
                        IndexVerifier.verify(
                                index.definition(),
                                index.traits(),
                                FilteredSource.of(index, this),
                                view);
                keys.put(name, found.entries());
                problems.put(name, lines(name, found));
            }
        }
        searchFiles.check(
                entry,
                (index, damage) -> others.add(entry.namespace() + " " + index + ": " + damage));
        return new CollectionVerification(documents, nonCompliant, keys, problems, others);
    }

    private List<String> lines(String index, Verification found) {
        return found.disagreements().stream()
                .map(disagreement -> entry.namespace() + " index " + index + ": " + disagreement)
                .toList();
    }

    /** Counts them, and those that the validator would refuse, which came before it or past it. */
    private void readDocuments() {
        Validator validator = Validator.of(entry).now();
        KeyRange all = KeyRange.prefix(Keyspace.documents(entry.id()));
        try (KeyCursor cursor = view.cursor(all, Direction.FORWARD)) {
            while (cursor.advance()) {
                Steps.take();
                documents++;
                boolean obeys =
                        validator == Validator.NONE
                                || validator.isObeyedBy(DocumentCodec.decode(cursor.value()));
                nonCompliant += obeys ? 0 : 1;
            }
        }
    }

    @Override
    public void forEach(BiConsumer<byte[], Document> action) {
        KeyRange all = KeyRange.prefix(Keyspace.documents(entry.id()));
        try (KeyCursor cursor = view.cursor(all, Direction.FORWARD)) {
            while (cursor.advance()) {
                Steps.take();
                action.accept(Keyspace.idKey(cursor.key()), DocumentCodec.decode(cursor.value()));
            }
        }
    }

    @Override
    public Optional<Document> find(byte[] idKey) {
        Steps.take();
        return view.get(Keyspace.documentOfIdKey(entry.id(), idKey))
                .map(stored -> DocumentCodec.decode(stored.value()));
    }

    @Override
    public void entryRead() {
        Steps.take();
    }
}

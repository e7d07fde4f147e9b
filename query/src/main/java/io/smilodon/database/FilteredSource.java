package io.smilodon.database;

import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.engine.value.Document;
import io.smilodon.index.ordered.DocumentSource;
import io.smilodon.query.predicate.Predicate;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The documents of which a partial index has entries: to it, the others are not there. */
record FilteredSource(DocumentSource all, Predicate filter) implements DocumentSource {

    /** Those of the documents of which the index has entries. */
    static DocumentSource of(IndexEntry index, DocumentSource all) {
        return index.filter()
                .<DocumentSource>map(filter -> new FilteredSource(all, filter))
                .orElse(all);
    }

    @Override
    public void forEach(BiConsumer<byte[], Document> action) {
        all.forEach(
                (idKey, document) -> {
                    if (filter.matches(document)) {
                        action.accept(idKey, document);
                    }
                });
    }

    @Override
    public Optional<Document> find(byte[] idKey) {
        return all.find(idKey).filter(filter::matches);
    }

    @Override
    public void entryRead() {
        all.entryRead();
    }
}

package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.SearchIndexEntry;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.store.ReadView;
import io.smilodon.index.text.lucene.LuceneIndexes;
import io.smilodon.query.Steps;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The files of search indexes against their checksums: those of an open database, which mends what
 * is wrong, or of a directory that nobody has open. Immutable.
 */
final class SearchFiles {

    private final Lookup lookup;

    /** What is wrong with the files of an index. */
    private interface Lookup {
        Optional<String> damage(CollectionEntry collection, SearchIndexEntry index);
    }

    SearchFiles(Instance instance, ReadView view) {
        this.lookup =
                (collection, index) ->
                        SearchIndexes.searchIndex(collection, index)
                                .damage(instance.luceneIndexes(), view, Steps::take);
    }

    SearchFiles(StorageDirectory directory) {
        this.lookup =
                (collection, index) -> LuceneIndexes.damage(directory, index.id(), Steps::take);
    }

    /**
     * Checks all of a collection.
     *
     * @param damages gets which index it is, and what is wrong with it
     */
    void check(CollectionEntry collection, BiConsumer<String, String> damages) {
        for (SearchIndexEntry index : collection.searchIndexes()) {
            lookup.damage(collection, index)
                    .ifPresent(damage -> damages.accept("search index " + index.name(), damage));
        }
    }
}

package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.database.catalog.SearchIndexEntry;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.index.text.lucene.LuceneIndexes;
import io.smilodon.index.text.lucene.SearchAllowance;
import io.smilodon.index.text.search.SearchIndex;
import io.smilodon.index.text.search.SearchRequest;
import io.smilodon.index.text.search.SearchResults;
import io.smilodon.index.text.search.VectorRequest;
import io.smilodon.query.aggregate.Searching;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.MemoryAccount;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.metadata.AnnotatedDocument;
import io.smilodon.query.metadata.Metadata;
import io.smilodon.query.metadata.MetadataKind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Searches one collection as a view has it. As MongoDB does, it finds nothing where there is no
 * such index. Not thread-safe.
 */
record CollectionSearching(
        Instance instance, Namespace namespace, ReadView view, OperationContext operation)
        implements Searching {

    /** What explain tells where there is no such index. */
    private static final Document NO_INDEX =
            Document.of(
                    "query",
                    Document.builder()
                            .put("type", "MatchNoDocsQuery")
                            .put("args", Document.of("reason", Value.of("no such index")))
                            .build());

    private Optional<CollectionEntry> entry() {
        Optional<CollectionEntry> entry = instance.catalog().find(namespace, view);
        entry.ifPresent(Views::requireCollection);
        return entry;
    }

    private Optional<SearchIndex> index(String name) {
        return entry().flatMap(entry -> SearchIndexes.searchIndex(entry, name));
    }

    private LuceneIndexes lucene() {
        return instance.luceneIndexes();
    }

    @Override
    public Cursor search(SearchRequest request) {
        MemoryAccount memory = new MemoryAccount("$search", operation);
        return index(request.index())
                .<Cursor>map(
                        index -> new Found(documents(), memory, () -> open(index, request, memory)))
                .orElseGet(NoDocuments::new);
    }

    private StoredView documents() {
        return new StoredView(entry().orElseThrow(), view);
    }

    private SearchResults open(SearchIndex index, SearchRequest request, MemoryAccount memory) {
        return index.search(request, lucene(), view, new Granted(operation, memory));
    }

    /** What the operation grants a search. */
    private record Granted(OperationContext operation, MemoryAccount memory)
            implements SearchAllowance {

        @Override
        public void check() {
            operation.checkAlive();
        }

        @Override
        public void reserve(long bytes) {
            memory.reserve(bytes);
        }
    }

    @Override
    public Document searchMeta(SearchRequest request) {
        Optional<SearchIndex> index = index(request.index());
        if (index.isEmpty()) {
            Document none = Document.of("lowerBound", Value.of(0L));
            return Document.of("count", none);
        }
        try (MemoryAccount memory = new MemoryAccount("$searchMeta", operation);
                SearchResults results = open(index.get(), request, memory)) {
            return results.meta();
        }
    }

    @Override
    public Cursor nearest(VectorRequest request) {
        MemoryAccount memory = new MemoryAccount("$vectorSearch", operation);
        Granted granted = new Granted(operation, memory);
        return index(request.index())
                .<Cursor>map(
                        index ->
                                new Near(
                                        documents(),
                                        memory,
                                        () -> index.nearest(request, lucene(), view, granted)))
                .orElseGet(NoDocuments::new);
    }

    @Override
    public Document explained(SearchRequest request, boolean isRun) {
        Optional<SearchIndex> index = index(request.index());
        if (index.isEmpty()) {
            return NO_INDEX;
        }
        try (MemoryAccount memory = new MemoryAccount("$search", operation);
                SearchResults results = open(index.get(), request, memory)) {
            return results.explained(isRun);
        }
    }

    @Override
    public Document explained(VectorRequest request, boolean isRun) {
        Optional<SearchIndex> index = index(request.index());
        if (index.isEmpty()) {
            return NO_INDEX;
        }
        try (MemoryAccount memory = new MemoryAccount("$vectorSearch", operation)) {
            SearchIndex.Explaining how =
                    new SearchIndex.Explaining(isRun, new Granted(operation, memory));
            return index.get().explained(request, lucene(), view, how);
        }
    }

    @Override
    public List<Document> indexes(Optional<String> nameOrId) {
        List<Document> listed = new ArrayList<>();
        for (SearchIndexEntry index :
                entry().map(CollectionEntry::searchIndexes).orElse(List.of())) {
            boolean isMeant =
                    nameOrId.isEmpty()
                            || nameOrId.get().equals(index.name())
                            || nameOrId.get().equals(index.publicId());
            if (isMeant) {
                listed.add(listing(index));
            }
        }
        return listed;
    }

    private Document listing(SearchIndexEntry index) {
        SearchIndex searched = SearchIndexes.searchIndex(entry().orElseThrow(), index);
        return index.toListing(searched.isFilled(lucene()), searched.failure(lucene()));
    }

    private static Document fetch(StoredView documents, byte[] idKey) {
        return documents
                .fetch(idKey)
                .orElseThrow(() -> new AssertionError("an exact index has no others"));
    }

    /** The documents of a search, which begins with the first, with what is known of each. */
    private static final class Found implements Cursor {

        private final StoredView documents;
        private final MemoryAccount memory;
        private final Supplier<SearchResults> search;
        private Optional<SearchResults> opened = Optional.empty();
        private Document current = Document.EMPTY;

        Found(StoredView documents, MemoryAccount memory, Supplier<SearchResults> search) {
            this.documents = documents;
            this.memory = memory;
            this.search = search;
        }

        @Override
        public boolean advance() {
            if (opened.isEmpty()) {
                opened = Optional.of(search.get());
            }
            SearchResults results = opened.get();
            Optional<SearchResults.Result> next = results.next();
            next.ifPresent(result -> current = annotated(results, result));
            return next.isPresent();
        }

        private Document annotated(SearchResults results, SearchResults.Result result) {
            Document document = fetch(documents, result.idKey());
            Metadata known =
                    Metadata.NONE
                            .with(MetadataKind.SEARCH_SCORE, result::score)
                            .with(MetadataKind.SCORE, result::score)
                            .with(MetadataKind.SEARCH_HIGHLIGHTS, () -> result.highlights(document))
                            .with(MetadataKind.SEARCH_SEQUENCE_TOKEN, result::sequenceToken)
                            .with(MetadataKind.SEARCH_META, results::meta);
            if (results.explainsScores()) {
                known =
                        known.with(MetadataKind.SEARCH_SCORE_DETAILS, result::scoreDetails)
                                .with(MetadataKind.SCORE_DETAILS, result::scoreDetails);
            }
            return AnnotatedDocument.of(document, known);
        }

        @Override
        public Document current() {
            return current;
        }

        @Override
        public void close() {
            opened.ifPresent(SearchResults::close);
            memory.close();
        }
    }

    /** Documents with near vectors, which are found when the first is asked for. */
    private static final class Near implements Cursor {

        private final StoredView documents;
        private final MemoryAccount memory;
        private final Supplier<List<VectorRequest.Found>> search;
        private Optional<Iterator<VectorRequest.Found>> opened = Optional.empty();
        private Document current = Document.EMPTY;

        Near(
                StoredView documents,
                MemoryAccount memory,
                Supplier<List<VectorRequest.Found>> search) {
            this.documents = documents;
            this.memory = memory;
            this.search = search;
        }

        @Override
        public boolean advance() {
            if (opened.isEmpty()) {
                opened = Optional.of(search.get().iterator());
            }
            Iterator<VectorRequest.Found> found = opened.get();
            if (!found.hasNext()) {
                return false;
            }
            VectorRequest.Found next = found.next();
            Value score = Value.of(next.score());
            Metadata known =
                    Metadata.NONE
                            .with(MetadataKind.VECTOR_SEARCH_SCORE, () -> score)
                            .with(MetadataKind.SCORE, () -> score);
            current = AnnotatedDocument.of(fetch(documents, next.idKey()), known);
            return true;
        }

        @Override
        public Document current() {
            return current;
        }

        @Override
        public void close() {
            memory.close();
        }
    }
}

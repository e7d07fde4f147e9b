package io.smilodon.index.text.search;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.value.Document;
import io.smilodon.index.text.lucene.ExactReader;
import io.smilodon.index.text.lucene.FollowedIndex;
import io.smilodon.index.text.lucene.LuceneIndexes;
import io.smilodon.index.text.lucene.LuceneMapping;
import io.smilodon.index.text.lucene.SearchAllowance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.IndexableField;

/** A search index of one collection. Immutable and thread-safe. */
public final class SearchIndex {

    /** Changes whenever other fields are made of the same document. */
    private static final String FORMAT = "2 ";

    private final FollowedIndex followed;
    private final SearchIndexDefinition definition;

    /**
     * @param id names its files; unique for ever
     * @param documents what the keys of the collection's documents start with
     */
    public SearchIndex(int id, byte[] documents, SearchIndexDefinition definition) {
        String written = ExtendedJson.write(definition.toDocument(), JsonMode.CANONICAL);
        String fingerprint = FORMAT + definition.type() + " " + written;
        LuceneMapping mapping = new Fields(definition.mapping());
        this.followed = new FollowedIndex(id, documents.clone(), fingerprint, mapping);
        this.definition = definition;
    }

    /** Begins to fill it, without waiting. */
    public void begin(LuceneIndexes indexes) {
        indexes.begin(followed);
    }

    /**
     * Opens a search over the documents of a view. Close it before the view.
     *
     * @param allowance what it may take, until it is closed
     * @throws io.smilodon.engine.error.SmilodonException 8 if the request and the definition do not
     *     go together, or the documents have too many fields for the definition, 239 for a view
     *     that is too old
     */
    public SearchResults search(
            SearchRequest request,
            LuceneIndexes indexes,
            ReadView view,
            SearchAllowance allowance) {
        ExactReader reader = indexes.open(followed, view, allowance);
        try {
            return new SearchResults(request, definition.mapping(), reader, allowance);
        } catch (RuntimeException failure) {
            reader.close();
            throw failure;
        }
    }

    /** What is wrong with its files, which are then built anew. */
    public Optional<String> damage(
            LuceneIndexes indexes, ReadView view, SearchAllowance allowance) {
        return indexes.damage(followed, view, allowance);
    }

    /** Whether it has been filled, so that whoever searches waits for the last commits only. */
    public boolean isFilled(LuceneIndexes indexes) {
        return indexes.isFilled(followed);
    }

    /** Why it cannot be searched, and will not be as long as it is defined so. */
    public Optional<String> failure(LuceneIndexes indexes) {
        return indexes.lastingFailure(followed).map(RuntimeException::getMessage);
    }

    /** The documents of a view whose vectors are nearest, the nearest first. */
    public List<VectorRequest.Found> nearest(
            VectorRequest request,
            LuceneIndexes indexes,
            ReadView view,
            SearchAllowance allowance) {
        try (ExactReader reader = indexes.open(followed, view, allowance)) {
            return new VectorSearch(request, definition.mapping(), reader).run(allowance);
        }
    }

    /** How such a search is carried out. */
    public Document explained(
            VectorRequest request, LuceneIndexes indexes, ReadView view, Explaining how) {
        try (ExactReader reader = indexes.open(followed, view, how.allowance())) {
            return new VectorSearch(request, definition.mapping(), reader).explained(how.isRun());
        }
    }

    /**
     * How much an explanation tells.
     *
     * @param isRun whether what is matched is counted
     * @param allowance what that may take
     */
    public record Explaining(boolean isRun, SearchAllowance allowance) {}

    /** What Lucene keeps of a document. */
    private record Fields(Mapping mapping) implements LuceneMapping {

        @Override
        public Analyzer analyzer() {
            SearchContext context = new SearchContext(mapping, java.util.Set.of());
            return new SearchAnalyzer(field -> analyzer(context, field));
        }

        private static Optional<Analyzer> analyzer(SearchContext context, String field) {
            return FieldNames.isBeginnings(field)
                    ? context.beginnings(FieldNames.path(field)).map(AutocompleteType::analyzer)
                    : context.words(field).map(type -> type.analyzer().analyzer());
        }

        @Override
        public List<IndexableField> fields(Document document) {
            List<IndexableField> fields = new ArrayList<>();
            IndexedFields.add(mapping, document, fields::add);
            return fields;
        }

        @Override
        public List<List<IndexableField>> inside(Document document) {
            return IndexedFields.inside(mapping, document);
        }
    }
}

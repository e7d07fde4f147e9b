package io.smilodon.index.text.search;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.index.text.lucene.ExactReader;
import io.smilodon.index.text.lucene.FollowedIndex;
import io.smilodon.index.text.lucene.SearchAllowance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.queries.function.FunctionScoreQuery;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DoubleValues;
import org.apache.lucene.search.DoubleValuesSource;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;

/**
 * Finds the documents whose vectors are nearest: by Lucene's graph (HNSW), or by looking at all.
 */
record VectorSearch(VectorRequest request, Mapping mapping, ExactReader reader) {

    /** What one of its results takes, while it is found and afterwards. */
    private static final long FOUND_BYTES = 256;

    List<VectorRequest.Found> run(SearchAllowance allowance) {
        float[] vector = vector();
        IndexSearcher searcher = reader.searcher();
        int sizeMax = Math.min(request.limit(), searcher.getIndexReader().maxDoc());
        allowance.reserve(FOUND_BYTES * sizeMax);
        return reading(() -> found(searcher, query(vector, filter()), sizeMax));
    }

    private VectorType type() {
        return context().vectors(request.path()).orElseThrow(this::notIndexed);
    }

    private float[] vector() {
        VectorType type = type();
        return type.vector(request.written().vector()).orElseThrow(() -> noVector(type));
    }

    private SearchContext context() {
        return new SearchContext(mapping, Set.of());
    }

    private Optional<Query> filter() {
        return request.written().filter().map(part -> part.query(context()));
    }

    /**
     * What is asked of Lucene, and what it reads. Who looks for candidates in the graph walks it
     * until it has found so many: what is counted are the documents among which it does.
     */
    Document explained(boolean isCounted) {
        float[] vector = vector();
        return reading(
                () -> {
                    QueryTree trees = new QueryTree(reader.searcher(), isCounted);
                    DocumentBuilder args =
                            Document.builder()
                                    .put("path", request.path())
                                    .put("numDimensions", vector.length)
                                    .put("similarity", type().similarity().name());
                    request.candidates().ifPresent(k -> args.put("numCandidates", k));
                    Query among = among(filter());
                    args.put("filter", trees.of(among));
                    boolean isExact = request.candidates().isEmpty();
                    String name = isExact ? "ExactVectorSearchQuery" : "KnnFloatVectorQuery";
                    Document query =
                            Document.builder().put("type", name).put("args", args.build()).build();
                    return Document.builder()
                            .put("query", query)
                            .put("metadata", reader.explained(request.index()))
                            .build();
                });
    }

    private interface Reading<T> {
        T run() throws IOException;
    }

    private <T> T reading(Reading<T> work) {
        try {
            return work.run();
        } catch (IndexSearcher.TooManyClauses tooMany) {
            throw Options.tooManyClauses(request.written().options().location());
        } catch (IOException failure) {
            throw reader.unreadable(failure);
        }
    }

    private SmilodonException notIndexed() {
        return Options.error(
                "The path is not indexed as vectors",
                Map.of("path", request.path()),
                request.written().options().at("path"));
    }

    private SmilodonException noVector(VectorType type) {
        return Options.error(
                "The vector is not an array of as many numbers as the index says, or has no"
                        + " direction",
                Map.of("numDimensions", type.dimensions()),
                request.written().vectorPlace());
    }

    private Query query(float[] vector, Optional<Query> filter) {
        String field = FieldNames.vectors(request.path());
        if (request.candidates().isPresent()) {
            int candidates = request.candidates().get();
            return new KnnFloatVectorQuery(field, vector, candidates, filter.orElse(null));
        }
        return new FunctionScoreQuery(among(filter), new Similarity(field, vector));
    }

    /** The documents with a vector that pass the filter. */
    private Query among(Optional<Query> filter) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        all.add(new FieldExistsQuery(FieldNames.vectors(request.path())), Occur.FILTER);
        filter.ifPresent(one -> all.add(one, Occur.FILTER));
        return all.build();
    }

    private List<VectorRequest.Found> found(IndexSearcher searcher, Query query, int size)
            throws IOException {
        List<VectorRequest.Found> found = new ArrayList<>();
        if (size == 0) {
            return found;
        }
        SortField byId = new SortField(FollowedIndex.ID_FIELD, SortField.Type.STRING_VAL);
        Sort sort = new Sort(SortField.FIELD_SCORE, byId);
        for (ScoreDoc document : searcher.search(query, size, sort, true).scoreDocs) {
            found.add(new VectorRequest.Found(reader.idKey(document.doc), document.score));
        }
        return found;
    }

    /** How near the vector of a document is. */
    private static final class Similarity extends DoubleValuesSource {

        private final String field;
        private final float[] vector;

        Similarity(String field, float[] vector) {
            this.field = field;
            this.vector = vector;
        }

        @Override
        public DoubleValues getValues(LeafReaderContext leaf, DoubleValues scores)
                throws IOException {
            return similarityToQueryVector(leaf, vector, field);
        }

        @Override
        public boolean needsScores() {
            return false;
        }

        @Override
        public DoubleValuesSource rewrite(IndexSearcher searcher) {
            return this;
        }

        @Override
        public boolean isCacheable(LeafReaderContext leaf) {
            return false;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Similarity same
                    && same.field.equals(field)
                    && java.util.Arrays.equals(same.vector, vector);
        }

        @Override
        public int hashCode() {
            return java.util.Arrays.hashCode(vector);
        }

        @Override
        public String toString() {
            return "similarity(" + field + ")";
        }
    }
}

package io.smilodon.index.text.search;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.index.text.lucene.ExactReader;
import io.smilodon.index.text.lucene.FollowedIndex;
import io.smilodon.index.text.lucene.SearchAllowance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopFieldCollector;
import org.apache.lucene.util.BytesRef;

/**
 * What a search finds, the first first. Fetched in parts that grow, so that who wants a few pays
 * for a few. Not thread-safe. Close it.
 */
public final class SearchResults implements AutoCloseable {

    private static final int FIRST_PART = 100;
    private static final int PART_MAX = 10_000;

    /** What a place takes besides the keys that it is sorted by. */
    private static final long PLACE_BYTES = 128;

    private final SearchRequest request;
    private final ExactReader reader;
    private final SearchAllowance allowance;
    private final SearchContext context;
    private final IndexSearcher searcher;
    private final Query query;
    private final Sort sort;
    private final SoughtTerms sought;
    private Part part = new Part(new ScoreDoc[0]);
    private int next;
    private long partBytes;
    private int size = FIRST_PART;
    private boolean isLast;
    private boolean isClosed;
    private Optional<FieldDoc> last;
    private Optional<Document> meta = Optional.empty();

    SearchResults(
            SearchRequest request, Mapping mapping, ExactReader reader, SearchAllowance allowance) {
        this.request = request;
        this.reader = reader;
        this.searcher = reader.searcher();
        this.allowance = allowance;
        IndexReader index = searcher.getIndexReader();
        this.context = new SearchContext(mapping, names(index));
        request.facets().values().forEach(facet -> facet.require(context));
        this.query = reading(() -> query(request, mapping));
        this.sought = SoughtTerms.of(query);
        this.sort = request.order().sort(FollowedIndex.ID_FIELD);
        this.isLast = index.maxDoc() == 0;
        this.last = isLast ? Optional.empty() : start(index.maxDoc() - 1);
    }

    private Query query(SearchRequest request, Mapping mapping) {
        Query asked = request.operator().query(context);
        long endBytes = searcher.getIndexReader().maxDoc() / Byte.SIZE;
        allowance.reserve(context.ends().size() * endBytes);
        return mapping.hasEmbedded() ? EmbeddedDocuments.roots(asked) : asked;
    }

    private static Set<String> names(IndexReader index) {
        Set<String> names = new HashSet<>();
        for (FieldInfo field : FieldInfos.getMergedFieldInfos(index)) {
            names.add(field.name);
        }
        return names;
    }

    private Optional<FieldDoc> start(int document) {
        Options written = request.written();
        for (String name : List.of(SearchRequest.AFTER, SearchRequest.BEFORE)) {
            if (written.has(name)) {
                return Optional.of(request.order().place(written, name, document));
            }
        }
        return Optional.empty();
    }

    /** Results that were fetched together. */
    private final class Part {

        private final ScoreDoc[] places;
        private boolean isScored;

        private Part(ScoreDoc[] places) {
            this.places = places;
        }

        FieldDoc place(int number) {
            return (FieldDoc) places[number];
        }

        /** Sorts by other things know no scores: all are worked out when one is asked for. */
        void score() throws IOException {
            if (!isScored) {
                TopFieldCollector.populateScores(places, searcher, query);
                isScored = true;
            }
        }
    }

    /** One of the results. */
    public final class Result {

        private final Part among;
        private final FieldDoc found;
        private final byte[] idKey;

        private Result(Part among, FieldDoc found, byte[] idKey) {
            this.among = among;
            this.found = found;
            this.idKey = idKey;
        }

        /** The encoded {@code _id}. */
        public byte[] idKey() {
            return idKey.clone();
        }

        /** How well it matches. */
        public Value score() {
            return reading(
                    () -> {
                        among.score();
                        return Value.of((double) found.score);
                    });
        }

        /** How that score came about. */
        public Document scoreDetails() {
            return reading(() -> details(searcher.explain(query, found.doc)));
        }

        /** From where a later search may go on. */
        public Value sequenceToken() {
            return Value.of(ResultOrder.token(found));
        }

        /** Where the document, which has this id, matches. */
        public ArrayValue highlights(Document document) {
            return request.highlighter()
                    .map(highlighter -> highlighter.of(document, context, sought))
                    .orElse(ArrayValue.EMPTY);
        }
    }

    private static Document details(Explanation explanation) {
        List<Value> parts = new ArrayList<>();
        for (Explanation detail : explanation.getDetails()) {
            parts.add(details(detail));
        }
        return Document.builder()
                .put("value", explanation.getValue().doubleValue())
                .put("description", explanation.getDescription())
                .put("details", ArrayValue.of(parts))
                .build();
    }

    /** Whether results are asked how their score came about. */
    public boolean explainsScores() {
        return request.wantsScoreDetails();
    }

    /** The next result; empty at the end. */
    public Optional<Result> next() {
        if (next == part.places.length && !isLast) {
            reading(this::fetch);
        }
        if (next == part.places.length) {
            return Optional.empty();
        }
        FieldDoc found = part.place(next++);
        return Optional.of(reading(() -> new Result(part, found, reader.idKey(found.doc))));
    }

    private int fetch() throws IOException {
        int wanted = Math.min(size, searcher.getIndexReader().maxDoc());
        allowance.reserve(PLACE_BYTES * wanted - partBytes);
        partBytes = PLACE_BYTES * wanted;
        part =
                new Part(
                        searcher.searchAfter(last.orElse(null), query, wanted, sort, false)
                                .scoreDocs);
        takeScores(part);
        long keyBytes = 0;
        for (int place = 0; place < part.places.length; place++) {
            keyBytes += keyBytes(part.place(place));
        }
        allowance.reserve(keyBytes);
        partBytes += keyBytes;
        next = 0;
        int found = part.places.length;
        isLast = found < wanted;
        size = Math.min(size * 4, PART_MAX);
        if (found > 0) {
            last = Optional.of(part.place(found - 1));
        }
        return found;
    }

    private static long keyBytes(FieldDoc found) {
        long bytes = 0;
        for (Object key : found.fields) {
            bytes += key instanceof BytesRef ref ? ref.length : 0;
        }
        return bytes;
    }

    /** Takes the scores from the keys of a sort that goes by them. */
    private void takeScores(Part fetched) {
        SortField[] fields = sort.getSort();
        for (int key = 0; key < fields.length; key++) {
            if (fields[key].getType() == SortField.Type.SCORE) {
                for (int place = 0; place < fetched.places.length; place++) {
                    FieldDoc found = fetched.place(place);
                    found.score = (Float) found.fields[key];
                }
                fetched.isScored = true;
            }
        }
    }

    /** What {@code $searchMeta} shows: how many results there are, and their facets. */
    public Document meta() {
        if (meta.isEmpty()) {
            meta = Optional.of(reading(this::counted));
        }
        return meta.get();
    }

    private Document counted() throws IOException {
        String name = request.countsAll() ? "total" : "lowerBound";
        Map<String, Facet> facets = request.facets();
        if (facets.isEmpty()) {
            Document count = Document.of(name, Value.of((long) searcher.count(query)));
            return Document.of("count", count);
        }
        FacetCounters counters =
                searcher.search(query, FacetCounters.ofOneThread(facets, allowance));
        DocumentBuilder counted =
                Document.builder().put("count", Document.of(name, Value.of(counters.count())));
        return counted.put("facet", counters.toDocument()).build();
    }

    /**
     * How the search is carried out: its query as Lucene has it, and what it reads.
     *
     * @param isRun whether to count what each part of the query matches
     */
    public Document explained(boolean isRun) {
        Document tree = reading(() -> new QueryTree(searcher, isRun).of(query));
        return Document.builder()
                .put("query", tree)
                .put("metadata", reader.explained(request.index()))
                .build();
    }

    private interface Reading<T> {
        T run() throws IOException;
    }

    /** What Lucene refuses only when it searches is the request's fault. */
    private <T> T reading(Reading<T> work) {
        try {
            return work.run();
        } catch (IndexSearcher.TooManyClauses tooMany) {
            throw Options.tooManyClauses(request.written().location());
        } catch (IOException failure) {
            throw reader.unreadable(failure);
        }
    }

    /** Closing it again changes nothing. */
    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            reader.close();
        }
    }
}

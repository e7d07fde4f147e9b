package io.smilodon.index.text.search;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.TermQuery;

/** {@code {moreLikeThis: {like, score?}}}: documents with the words that are typical of some. */
record MoreLikeThisOperator(List<Document> like) implements SearchOperator {

    /** How many typical words count, as in MongoDB. */
    private static final int TERMS_MAX = 25;

    private static final int DOCUMENTS_MAX = 100;

    static SearchOperator parse(Options operator) {
        operator.only("like", "score");
        List<Document> like = new ArrayList<>();
        if (operator.required("like") instanceof ArrayValue) {
            operator.objects("like").forEach(one -> like.add(one.fields()));
        } else {
            like.add(operator.object("like").fields());
        }
        if (like.isEmpty() || like.size() > DOCUMENTS_MAX) {
            throw operator.error(
                    "like",
                    "The number of documents is out of its bounds",
                    Map.of("min", 1, "max", DOCUMENTS_MAX, "actual", like.size()));
        }
        return new MoreLikeThisOperator(like);
    }

    @Override
    public Query query(SearchContext context) {
        if (context.isInside()) {
            throw Options.error(
                    "moreLikeThis does not search embedded documents", Map.of(), Location.ROOT);
        }
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        for (Document document : like) {
            any.add(new Typical(counted(context, document)), Occur.SHOULD);
        }
        return any.build();
    }

    private static Map<Term, Integer> counted(SearchContext context, Document document) {
        Map<Term, Integer> counts = new HashMap<>();
        List<IndexableField> fields = new ArrayList<>();
        IndexedFields.add(context.mapping(), document, fields::add);
        for (IndexableField field : fields) {
            boolean isWords =
                    FieldNames.isWords(field.name()) && FieldNames.multi(field.name()).isEmpty();
            if (isWords) {
                context.words(field.name()).ifPresent(type -> count(type, field, counts));
            }
        }
        return counts;
    }

    private static void count(StringType type, IndexableField field, Map<Term, Integer> counts) {
        try (TokenStream terms =
                type.analyzer()
                        .analyzer()
                        .tokenStream(field.name(), new StringReader(field.stringValue()))) {
            CharTermAttribute term = terms.addAttribute(CharTermAttribute.class);
            terms.reset();
            while (terms.incrementToken()) {
                counts.merge(new Term(field.name(), term.toString()), 1, Integer::sum);
            }
            terms.end();
        } catch (java.io.IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }

    /** The words of one document; which are typical depends on the index. */
    static final class Typical extends Query {

        private final Map<Term, Integer> counts;

        Typical(Map<Term, Integer> counts) {
            this.counts = Map.copyOf(counts);
        }

        @Override
        public Query rewrite(IndexSearcher searcher) throws java.io.IOException {
            IndexReader reader = searcher.getIndexReader();
            Map<Term, Double> weights = new HashMap<>();
            for (Map.Entry<Term, Integer> entry : counts.entrySet()) {
                int frequency = reader.docFreq(entry.getKey());
                if (frequency > 0) {
                    double rareness = Math.log((reader.numDocs() + 1.0) / (frequency + 1.0)) + 1;
                    weights.put(entry.getKey(), entry.getValue() * rareness);
                }
            }
            BooleanQuery.Builder any = new BooleanQuery.Builder();
            weights.entrySet().stream()
                    .sorted(
                            Map.Entry.<Term, Double>comparingByValue()
                                    .reversed()
                                    .thenComparing(Map.Entry.comparingByKey()))
                    .limit(TERMS_MAX)
                    .forEach(entry -> any.add(new TermQuery(entry.getKey()), Occur.SHOULD));
            return any.build();
        }

        @Override
        public void visit(QueryVisitor visitor) {
            Set<Term> terms = new HashSet<>(counts.keySet());
            visitor.consumeTerms(this, terms.toArray(Term[]::new));
        }

        @Override
        public String toString(String field) {
            return "typical of " + counts.keySet();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Typical same && same.counts.equals(counts);
        }

        @Override
        public int hashCode() {
            return counts.hashCode();
        }
    }
}

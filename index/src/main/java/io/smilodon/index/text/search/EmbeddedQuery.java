package io.smilodon.index.text.search;

import java.io.IOException;
import java.util.Objects;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.FixedBitSet;

/**
 * The documents around those that match: a document's inner ones stand in front of it.
 *
 * @param inner finds the inner ones
 * @param ends all that may have any
 */
final class EmbeddedQuery extends Query {

    private final Query inner;
    private final EmbeddedEnds ends;
    private final EmbeddedDocumentOperator.Aggregate aggregate;

    EmbeddedQuery(Query inner, EmbeddedEnds ends, EmbeddedDocumentOperator.Aggregate aggregate) {
        this.inner = inner;
        this.ends = ends;
        this.aggregate = aggregate;
    }

    Query inner() {
        return inner;
    }

    @Override
    public Query rewrite(IndexSearcher searcher) throws IOException {
        Query rewritten = inner.rewrite(searcher);
        return rewritten == inner ? this : new EmbeddedQuery(rewritten, ends, aggregate);
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost)
            throws IOException {
        ScoreMode wanted = mode.needsScores() ? ScoreMode.COMPLETE : ScoreMode.COMPLETE_NO_SCORES;
        Weight found = searcher.createWeight(inner, wanted, boost);
        return new Joined(found, searcher, mode.needsScores());
    }

    /** The scores of some inner documents. Not thread-safe. */
    static final class Scores {

        private double sum;
        private double min = Double.POSITIVE_INFINITY;
        private double max;
        private int count;

        private void add(double score) {
            sum += score;
            min = Math.min(min, score);
            max = Math.max(max, score);
            count++;
        }

        double sum() {
            return sum;
        }

        double min() {
            return min;
        }

        double max() {
            return max;
        }
    }

    private final class Joined extends Weight {

        private final Weight found;
        private final IndexSearcher searcher;
        private final boolean needsScores;

        Joined(Weight found, IndexSearcher searcher, boolean needsScores) {
            super(EmbeddedQuery.this);
            this.found = found;
            this.searcher = searcher;
            this.needsScores = needsScores;
        }

        @Override
        public ScorerSupplier scorerSupplier(LeafReaderContext leaf) throws IOException {
            ScorerSupplier matching = found.scorerSupplier(leaf);
            if (matching == null) {
                return null;
            }
            FixedBitSet outer = ends.in(leaf, searcher);
            return new ScorerSupplier() {
                @Override
                public Scorer get(long leadCost) throws IOException {
                    return new Outer(matching.get(leadCost), outer);
                }

                @Override
                public long cost() {
                    return matching.cost();
                }
            };
        }

        @Override
        public Explanation explain(LeafReaderContext leaf, int document) throws IOException {
            Scorer scorer = scorer(leaf);
            if (scorer == null || scorer.iterator().advance(document) != document) {
                return Explanation.noMatch("no document inside matches");
            }
            return Explanation.match(scorer.score(), "scores of the documents inside, as one");
        }

        @Override
        public boolean isCacheable(LeafReaderContext leaf) {
            return false;
        }

        private final class Outer extends Scorer {

            private final Scorer matching;
            private final DocIdSetIterator inside;
            private final FixedBitSet outer;
            private Scores scores = new Scores();
            private int current = -1;

            Outer(Scorer matching, FixedBitSet outer) {
                this.matching = matching;
                this.inside = matching.iterator();
                this.outer = outer;
            }

            @Override
            public int docID() {
                return current;
            }

            @Override
            public DocIdSetIterator iterator() {
                return new DocIdSetIterator() {
                    @Override
                    public int docID() {
                        return current;
                    }

                    @Override
                    public int nextDoc() throws IOException {
                        return current == NO_MORE_DOCS ? current : toEnd(inside.docID());
                    }

                    @Override
                    public int advance(int target) throws IOException {
                        if (target >= outer.length()) {
                            current = NO_MORE_DOCS;
                            return current;
                        }
                        int first = target == 0 ? 0 : outer.prevSetBit(target - 1) + 1;
                        return toEnd(
                                inside.docID() < first ? inside.advance(first) : inside.docID());
                    }

                    @Override
                    public long cost() {
                        return inside.cost();
                    }
                };
            }

            /** Goes to the document that an inner one stands in front of, over all inside of it. */
            private int toEnd(int first) throws IOException {
                int next = first < 0 ? inside.nextDoc() : first;
                if (next == DocIdSetIterator.NO_MORE_DOCS) {
                    current = next;
                    return current;
                }
                current = outer.nextSetBit(next);
                if (current == next) {
                    throw new AssertionError("a document inside of itself");
                }
                scores = new Scores();
                while (next < current) {
                    if (needsScores) {
                        scores.add(matching.score());
                    }
                    next = inside.nextDoc();
                }
                return current;
            }

            @Override
            public float score() {
                return (float) aggregate.of(scores, scores.count);
            }

            @Override
            public float getMaxScore(int upTo) {
                return Float.POSITIVE_INFINITY;
            }
        }
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this); // nothing inside is highlighted
    }

    @Override
    public String toString(String field) {
        return "around " + inner.toString(field);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EmbeddedQuery same
                && same.inner.equals(inner)
                && same.ends.equals(ends)
                && same.aggregate.equals(aggregate);
    }

    @Override
    public int hashCode() {
        return Objects.hash(inner, ends, aggregate);
    }
}

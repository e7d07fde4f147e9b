package io.smilodon.index.text.search;

import java.io.IOException;
import java.util.Objects;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.search.DoubleValues;
import org.apache.lucene.search.DoubleValuesSource;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.NumericUtils;

/**
 * A score that is made of the first score and of the numbers that stand in a field.
 *
 * @param function makes it
 */
final class NumericValues extends DoubleValuesSource {

    private final ScoreFunction function;

    NumericValues(ScoreFunction function) {
        this.function = function;
    }

    /** Reads the numbers of a field of one document. */
    interface Numbers {

        /** The smallest number of the document; not a number if it has none. */
        double first(String field) throws IOException;

        /** The number of the document that is nearest; not a number if it has none. */
        double nearest(String field, double origin) throws IOException;
    }

    @Override
    public DoubleValues getValues(LeafReaderContext leaf, DoubleValues scores) {
        return new DoubleValues() {
            private int current = -1;

            @Override
            public double doubleValue() throws IOException {
                return score(function.of(scores.doubleValue(), new OfDocument(leaf, current)));
            }

            @Override
            public boolean advanceExact(int document) throws IOException {
                current = document;
                return scores.advanceExact(document);
            }
        };
    }

    /** What Lucene takes for a score. */
    private static float score(double value) {
        return Double.isNaN(value) ? 0 : (float) Math.clamp(value, 0, Float.MAX_VALUE);
    }

    @Override
    public Explanation explain(LeafReaderContext leaf, int document, Explanation relevance)
            throws IOException {
        Explanation value = function.explain(relevance, new OfDocument(leaf, document));
        float score = score(value.getValue().doubleValue());
        return Explanation.match(score, "score, at least 0, of:", value);
    }

    private record OfDocument(LeafReaderContext leaf, int document) implements Numbers {

        @Override
        public double first(String field) throws IOException {
            return nearest(field, Double.NEGATIVE_INFINITY);
        }

        @Override
        public double nearest(String field, double origin) throws IOException {
            SortedNumericDocValues numbers = DocValues.getSortedNumeric(leaf.reader(), field);
            if (!numbers.advanceExact(document)) {
                return Double.NaN;
            }
            double nearest = NumericUtils.sortableLongToDouble(numbers.nextValue());
            for (int i = 1; i < numbers.docValueCount(); i++) {
                double number = NumericUtils.sortableLongToDouble(numbers.nextValue());
                if (Math.abs(number - origin) < Math.abs(nearest - origin)) {
                    nearest = number;
                }
            }
            return nearest;
        }
    }

    @Override
    public boolean needsScores() {
        return true;
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
        return other instanceof NumericValues same && same.function.equals(function);
    }

    @Override
    public int hashCode() {
        return Objects.hash(function);
    }

    @Override
    public String toString() {
        return function.toString();
    }
}

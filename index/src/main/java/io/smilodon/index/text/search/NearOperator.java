package io.smilodon.index.text.search;

import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Map;
import org.apache.lucene.queries.function.FunctionScoreQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.Query;

/**
 * {@code {near: {path, origin, pivot, score?}}}: numbers or dates, the nearer the better: the score
 * is pivot / (pivot + distance).
 *
 * @param isDate whether the origin is a date, and the pivot milliseconds
 */
record NearOperator(List<String> paths, boolean isDate, double origin, double pivot)
        implements SearchOperator {

    static SearchOperator parse(Options operator) {
        operator.only("path", "origin", "pivot", "score");
        double pivot = operator.number("pivot");
        if (pivot <= 0) {
            throw operator.error("pivot", "The pivot is above 0", Map.of("actual", pivot));
        }
        List<String> paths = SearchPath.parse(operator).plain(operator.at("path"));
        Value origin = operator.required("origin");
        if (origin instanceof DateValue date) {
            return new NearOperator(paths, true, date.epochMillis(), pivot);
        }
        if (origin instanceof NumberValue) {
            return new NearOperator(paths, false, operator.number("origin"), pivot);
        }
        throw Options.wrongType(origin, "number or date", operator.at("origin"))
                .withHint("near a point is $geoNear's work");
    }

    @Override
    public Query query(SearchContext context) {
        return Words.any(paths, List.of(""), path -> text -> query(path));
    }

    private Query query(String path) {
        String field = isDate ? FieldNames.dates(path) : FieldNames.numbers(path);
        return new FunctionScoreQuery(
                new FieldExistsQuery(field), new NumericValues(new Nearness(field, origin, pivot)));
    }

    private record Nearness(String field, double origin, double pivot) implements ScoreFunction {
        @Override
        public double of(double relevance, NumericValues.Numbers numbers)
                throws java.io.IOException {
            return pivot / (pivot + Math.abs(numbers.nearest(field, origin) - origin));
        }
    }
}

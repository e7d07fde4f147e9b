package io.smilodon.index.text.search;

import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.lucene.document.LatLonPoint;
import org.apache.lucene.geo.Point;
import org.apache.lucene.queries.function.FunctionScoreQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.Query;

/**
 * {@code {near: {path, origin, pivot, score?}}}: numbers, dates or points, the nearer the better:
 * the score is pivot / (pivot + distance).
 *
 * @param isPlace whether the origin is a point
 * @param nearest looks at one path
 */
record NearOperator(List<String> paths, boolean isPlace, Function<String, Query> nearest)
        implements SearchOperator {

    static SearchOperator parse(Options operator) {
        operator.only("path", "origin", "pivot", "score");
        double pivot = operator.number("pivot");
        if (pivot <= 0) {
            throw operator.error("pivot", "The pivot is above 0", Map.of("actual", pivot));
        }
        List<String> paths = SearchPath.parse(operator).plain(operator.at("path"));
        Value origin = operator.required("origin");
        return switch (origin) {
            case DateValue date ->
                    new NearOperator(
                            paths,
                            false,
                            path -> near(FieldNames.dates(path), date.epochMillis(), pivot));
            case NumberValue written -> {
                double number = operator.number("origin");
                yield new NearOperator(
                        paths, false, path -> near(FieldNames.numbers(path), number, pivot));
            }
            case Document written -> {
                Point point = GeoWithinOperator.point(operator, "origin");
                yield new NearOperator(
                        paths, true, path -> near(FieldNames.points(path), point, pivot));
            }
            default ->
                    throw Options.wrongType(origin, "number, date or point", operator.at("origin"));
        };
    }

    @Override
    public Query query(SearchContext context) {
        for (String path : isPlace ? paths : List.<String>of()) {
            context.require(
                    path,
                    type -> type instanceof GeoType,
                    "near with a geo point origin requires path '"
                            + path
                            + "' to be indexed as 'geo'");
        }
        return Words.any(paths, List.of(""), path -> text -> nearest.apply(context.path(path)));
    }

    /** The pivot is of metres. */
    private static Query near(String field, Point origin, double pivot) {
        return LatLonPoint.newDistanceFeatureQuery(
                field, 1, origin.getLat(), origin.getLon(), pivot);
    }

    private static Query near(String field, double origin, double pivot) {
        return new FunctionScoreQuery(
                new FieldExistsQuery(field), new NumericValues(new Nearness(field, origin, pivot)));
    }

    private record Nearness(String field, double origin, double pivot) implements ScoreFunction {
        @Override
        public double of(double relevance, NumericValues.Numbers numbers)
                throws java.io.IOException {
            return pivot / (pivot + Math.abs(numbers.nearest(field, origin) - origin));
        }

        @Override
        public String toString() {
            return "near(" + FieldNames.path(field) + ")";
        }
    }
}

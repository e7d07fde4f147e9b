package io.smilodon.index.text.search;

import io.smilodon.engine.error.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.queries.function.FunctionScoreQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.Query;

/** The option {@code score} of an operator: another score than its own. */
interface Score {

    /** The query with the other score. */
    Query of(Query query);

    /** The operator with the other score. */
    default SearchOperator of(SearchOperator operator) {
        return context -> of(operator.query(context));
    }

    static Optional<Score> parse(Options operator, String name) {
        return operator.optionalObject(name).map(Score::parse);
    }

    private static Score parse(Options written) {
        written.only("boost", "constant", "function");
        long given = List.of("boost", "constant", "function").stream().filter(written::has).count();
        if (given != 1) {
            throw Options.error(
                    "A score is one of boost, constant and function",
                    Map.of("actual", given),
                    written.location());
        }
        if (written.has("boost")) {
            return boost(written.object("boost"));
        }
        if (written.has("function")) {
            return ofWhole(byFunction(ScoreFunction.parse(written.object("function"), 0)));
        }
        float constant = positive(written.object("constant").only("value"));
        return query -> new BoostQuery(new ConstantScoreQuery(query), constant);
    }

    private static Score boost(Options boost) {
        boost.only("value", "path", "undefined");
        if (boost.has("value") == boost.has("path")) {
            throw Options.error("A boost has either a value or a path", Map.of(), boost.location());
        }
        if (boost.has("value")) {
            float value = positive(boost);
            return query -> new BoostQuery(query, value);
        }
        ScoreFunction.PathValue factor =
                new ScoreFunction.PathValue(boost.text("path"), boost.number("undefined", 0));
        List<ScoreFunction> both = List.of(new ScoreFunction.Relevance(), factor);
        return ofWhole(byFunction(new ScoreFunction.Product(both)));
    }

    /** The same, which reads fields of whole documents and has none in embedded ones. */
    private static Score ofWhole(Score score) {
        return new Score() {
            @Override
            public Query of(Query query) {
                return score.of(query);
            }

            @Override
            public SearchOperator of(SearchOperator operator) {
                return context -> {
                    if (context.isInside()) {
                        throw Options.error(
                                "Scores of embedded documents are not made of fields",
                                Map.of(),
                                Location.ROOT);
                    }
                    return of(operator.query(context));
                };
            }
        };
    }

    private static Score byFunction(ScoreFunction function) {
        return query -> new FunctionScoreQuery(query, new NumericValues(function));
    }

    private static float positive(Options written) {
        double value = written.number("value");
        if (value <= 0 || value > Float.MAX_VALUE) {
            throw written.error("value", "The number is not above 0", Map.of("actual", value));
        }
        return (float) value;
    }
}

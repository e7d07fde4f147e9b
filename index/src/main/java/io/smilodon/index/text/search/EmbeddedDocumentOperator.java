package io.smilodon.index.text.search;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.search.Query;

/**
 * {@code {embeddedDocument: {path, operator, score?}}}: documents of which one in an array matches
 * by itself.
 *
 * @param aggregate what becomes of the scores of several
 * @param outer what becomes of that
 */
record EmbeddedDocumentOperator(
        String path, SearchOperator operator, Aggregate aggregate, Optional<Score> outer)
        implements SearchOperator {

    private static final String EMBEDDED = "embedded";
    private static final String SCORE = "score";

    private static final Map<String, Aggregate> AGGREGATES =
            Map.of(
                    "sum", (scores, count) -> scores.sum(),
                    "mean", (scores, count) -> scores.sum() / count,
                    "maximum", (scores, count) -> scores.max(),
                    "minimum", (scores, count) -> scores.min());

    /** Makes one score of those of some documents. */
    interface Aggregate {
        double of(EmbeddedQuery.Scores scores, int count);
    }

    static SearchOperator parse(Options operator, int depth) {
        operator.only("path", "operator", SCORE);
        SearchOperator inner =
                SearchOperators.parseOne(operator.object("operator"), Set.of(), depth);
        Options none = new Options(io.smilodon.engine.value.Document.EMPTY, operator.location());
        Options score = operator.optionalObject(SCORE).orElse(none);
        boolean isOfEach = score.has(EMBEDDED);
        Options embedded =
                isOfEach
                        ? score.only(EMBEDDED).object(EMBEDDED).only("aggregate", "outerScore")
                        : none;
        String aggregate = embedded.word("aggregate", "sum", AGGREGATES.keySet());
        return new EmbeddedDocumentOperator(
                operator.text("path"),
                inner,
                AGGREGATES.get(aggregate),
                isOfEach ? Score.parse(embedded, "outerScore") : Score.parse(operator, SCORE));
    }

    @Override
    public Query query(SearchContext context) {
        String inside = context.embedded(path);
        Query matching = EmbeddedDocuments.matching(operator.query(context.inside(inside)), inside);
        Query joined = new EmbeddedQuery(matching, context.around(), aggregate);
        return outer.map(score -> score.of(joined)).orElse(joined);
    }
}

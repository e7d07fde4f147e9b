package io.smilodon.index.text.search;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.search.Query;

/** {@code {phrase: {query, path, slop?, score?}}}: words in this order. */
record PhraseOperator(List<String> texts, SearchPath path, int slop, Options written)
        implements SearchOperator {

    static SearchOperator parse(Options operator) {
        operator.only("query", "path", "slop", "score");
        return new PhraseOperator(
                operator.texts("query"),
                SearchPath.parse(operator),
                operator.count("slop", 0, 0, Integer.MAX_VALUE),
                operator);
    }

    @Override
    public Query query(SearchContext context) {
        return Words.any(path.words(context), texts, field -> text -> query(context, field, text));
    }

    private Query query(SearchContext context, String field, String text) {
        Optional<StringType> type = context.words(field);
        if (type.isEmpty()) {
            return Words.orNone(null);
        }
        if (!type.get().hasPositions()) {
            throw withoutPositions(FieldNames.path(field), written.at("path"));
        }
        Words builder = new Words(type.get().searchAnalyzer().analyzer(), Optional.empty());
        return Words.orNone(builder.createPhraseQuery(field, text, slop));
    }

    /** The error of a phrase in a field whose words are indexed without their places. */
    static SmilodonException withoutPositions(String path, Location location) {
        return Options.error(
                "Phrases need a field that is indexed with positions",
                Map.of("path", path),
                location);
    }
}

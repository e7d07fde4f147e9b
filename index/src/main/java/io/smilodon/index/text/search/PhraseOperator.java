package io.smilodon.index.text.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.IndexOptions;
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
        if (type.get().options().compareTo(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS) < 0) {
            throw written.error(
                    "path",
                    "Phrases need a field that is indexed with positions",
                    Map.of("path", FieldNames.path(field)));
        }
        Words builder = new Words(type.get().searchAnalyzer().analyzer(), Optional.empty());
        return Words.orNone(builder.createPhraseQuery(field, text, slop));
    }
}

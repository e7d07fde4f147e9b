package io.smilodon.index.text.search;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.Query;

/** {@code {text: {query, path, fuzzy?, matchCriteria?, score?}}}: words of a text. */
record TextOperator(List<String> texts, SearchPath path, Optional<Fuzzy> fuzzy, Occur words)
        implements SearchOperator {

    static SearchOperator parse(Options operator) {
        operator.only("query", "path", "fuzzy", "matchCriteria", "score");
        String criteria = operator.word("matchCriteria", "any", Set.of("any", "all"));
        return new TextOperator(
                operator.texts("query"),
                SearchPath.parse(operator),
                Fuzzy.parse(operator),
                criteria.equals("all") ? Occur.MUST : Occur.SHOULD);
    }

    @Override
    public Query query(SearchContext context) {
        return Words.any(path.words(context), texts, field -> text -> query(context, field, text));
    }

    private Query query(SearchContext context, String field, String text) {
        return context.words(field)
                .map(type -> new Words(type.searchAnalyzer().analyzer(), fuzzy))
                .map(builder -> Words.orNone(builder.createBooleanQuery(field, text, words)))
                .orElseGet(() -> Words.orNone(null));
    }
}

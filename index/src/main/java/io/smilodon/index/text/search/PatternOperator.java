package io.smilodon.index.text.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.WildcardQuery;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;

/**
 * {@code {wildcard|regex: {query, path, allowAnalyzedField?, score?}}}: terms that are as a pattern
 * says.
 *
 * @param patterns in the syntax of the operator
 * @param allowsAnalyzed whether the terms may be words instead of whole values
 * @param isRegex whether the patterns are regular expressions
 */
record PatternOperator(
        List<String> patterns,
        SearchPath path,
        boolean allowsAnalyzed,
        boolean isRegex,
        Options written)
        implements SearchOperator {

    private static final String QUERY = "query";

    static SearchOperator wildcard(Options operator) {
        return parse(operator, false);
    }

    static SearchOperator regex(Options operator) {
        return parse(operator, true);
    }

    private static SearchOperator parse(Options operator, boolean isRegex) {
        operator.only(QUERY, "path", "allowAnalyzedField", "score");
        List<String> patterns = operator.texts(QUERY);
        for (String pattern : patterns) {
            automaton(pattern, isRegex, operator);
        }
        return new PatternOperator(
                patterns,
                SearchPath.parse(operator),
                operator.flag("allowAnalyzedField", false),
                isRegex,
                operator);
    }

    private static Automaton automaton(String pattern, boolean isRegex, Options operator) {
        if (isRegex) {
            return Patterns.parse(pattern, operator.at(QUERY));
        }
        if (pattern.length() > Patterns.CHARS_MAX) {
            throw operator.error(
                    QUERY,
                    "A pattern of a search is too long",
                    Map.of("max", Patterns.CHARS_MAX, "actual", pattern.length()));
        }
        try {
            return WildcardQuery.toAutomaton(
                    new Term("", pattern), Operations.DEFAULT_DETERMINIZE_WORK_LIMIT);
        } catch (TooComplexToDeterminizeException tooMuch) {
            throw operator.error(
                    QUERY, "A pattern of a search is too complex", Map.of("pattern", pattern));
        }
    }

    @Override
    public Query query(SearchContext context) {
        return Words.any(
                path.words(context), patterns, field -> pattern -> query(context, field, pattern));
    }

    private Query query(SearchContext context, String field, String pattern) {
        Optional<StringType> type = context.words(field);
        if (type.isEmpty()) {
            return Words.orNone(null);
        }
        if (!allowsAnalyzed && !type.get().analyzer().keepsWhole()) {
            throw written.error(
                            "path",
                            "The terms of the field are not whole values",
                            Map.of("path", FieldNames.path(field)))
                    .withHint("index it with lucene.keyword, or say allowAnalyzedField: true");
        }
        return new PatternQuery(new Term(field, pattern), automaton(pattern, isRegex, written));
    }
}

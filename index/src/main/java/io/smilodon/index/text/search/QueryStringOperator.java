package io.smilodon.index.text.search;

import java.util.Map;
import java.util.Optional;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.Term;
import org.apache.lucene.queryparser.classic.ParseException;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.queryparser.classic.TokenMgrError;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SynonymQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;

/**
 * {@code {queryString: {defaultPath, query, score?}}}: Lucene's query language, with paths as names
 * of fields.
 */
record QueryStringOperator(String defaultPath, String text, Options written)
        implements SearchOperator {

    private static final String QUERY = "query";

    /** The parser of Lucene calls itself for what stands in brackets. */
    private static final int BRACKETS_MAX = 64;

    private static final int CHARS_MAX = 10_000;

    static SearchOperator parse(Options operator) {
        operator.only("defaultPath", QUERY, "score");
        String text = operator.text(QUERY);
        long brackets = text.chars().filter(c -> c == '(').count();
        if (brackets > BRACKETS_MAX || text.length() > CHARS_MAX) {
            throw operator.error(
                    QUERY,
                    "The query has too many characters or brackets",
                    Map.of("charsMax", CHARS_MAX, "bracketsMax", BRACKETS_MAX));
        }
        return new QueryStringOperator(operator.text("defaultPath"), text, operator);
    }

    @Override
    public Query query(SearchContext context) {
        try {
            return ranges(context, new Parser(context).parse(text));
        } catch (ParseException | TokenMgrError | IllegalArgumentException invalid) {
            throw written.error(
                    QUERY,
                    "The query is not in Lucene's language",
                    Map.of("query", text, "reason", String.valueOf(invalid.getMessage())));
        }
    }

    /** The same with ranges of words in Lucene's fields: the parser made them of paths. */
    private static Query ranges(SearchContext context, Query query) {
        return switch (query) {
            case BooleanQuery joined -> {
                BooleanQuery.Builder all = new BooleanQuery.Builder();
                joined.forEach(clause -> all.add(ranges(context, clause.query()), clause.occur()));
                all.setMinimumNumberShouldMatch(joined.getMinimumNumberShouldMatch());
                yield all.build();
            }
            case BoostQuery boosted ->
                    new BoostQuery(ranges(context, boosted.getQuery()), boosted.getBoost());
            case TermRangeQuery range ->
                    new TermRangeQuery(
                            words(context, range.getField()),
                            range.getLowerTerm(),
                            range.getUpperTerm(),
                            range.includesLower(),
                            range.includesUpper());
            default -> query;
        };
    }

    private static String words(SearchContext context, String path) {
        return FieldNames.words(context.path(path));
    }

    /** That of one of Lucene's fields, or of a path: the parser asks for both. */
    private static Optional<Analyzer> analyzer(SearchContext context, String name) {
        return context.words(name)
                .or(() -> context.words(words(context, name)))
                .map(type -> type.searchAnalyzer().analyzer());
    }

    /** Looks for each path where and how it is indexed. */
    private final class Parser extends QueryParser {

        private final SearchContext context;

        Parser(SearchContext context) {
            super(defaultPath, new SearchAnalyzer(name -> analyzer(context, name)));
            this.context = context;
            setAllowLeadingWildcard(true);
        }

        @Override
        protected Query newFieldQuery(
                Analyzer analyzer, String path, String words, boolean isQuoted)
                throws ParseException {
            String name = words(context, path);
            Optional<StringType> type = context.words(name);
            if (type.isEmpty()) {
                return Words.orNone(null);
            }
            Query query = super.newFieldQuery(analyzer, name, words, isQuoted);
            if (isQuoted && hasOrder(query) && !type.get().hasPositions()) {
                throw PhraseOperator.withoutPositions(path, written.at(QUERY));
            }
            return Words.orNone(query);
        }

        /** Whether it is more than one word, or words in one place. */
        private static boolean hasOrder(Query query) {
            return query != null
                    && !(query instanceof TermQuery)
                    && !(query instanceof SynonymQuery);
        }

        @Override
        protected Query newPrefixQuery(Term prefix) {
            return super.newPrefixQuery(inIndex(prefix));
        }

        @Override
        protected Query newWildcardQuery(Term pattern) {
            return super.newWildcardQuery(inIndex(pattern));
        }

        @Override
        protected Query newFuzzyQuery(Term term, float similarity, int prefix) {
            return super.newFuzzyQuery(inIndex(term), similarity, prefix);
        }

        @Override
        protected Query newRegexpQuery(Term pattern) {
            return new PatternQuery(
                    inIndex(pattern), Patterns.parse(pattern.text(), written.at(QUERY)));
        }

        private Term inIndex(Term term) {
            return new Term(words(context, term.field()), term.bytes());
        }
    }
}

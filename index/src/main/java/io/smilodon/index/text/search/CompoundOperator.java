package io.smilodon.index.text.search;

import io.smilodon.engine.value.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;

/**
 * {@code {compound: {must?, mustNot?, should?, filter?, minimumShouldMatch?, score?}}}.
 *
 * @param minimum how many of {@code should} must match
 */
record CompoundOperator(List<Clause> clauses, int minimum) implements SearchOperator {

    private static final int CLAUSES_MAX = 1_024;

    private static final Map<String, Occur> KINDS =
            Map.of(
                    "must", Occur.MUST,
                    "mustNot", Occur.MUST_NOT,
                    "should", Occur.SHOULD,
                    "filter", Occur.FILTER);

    /** An operator and what it is for. */
    record Clause(SearchOperator operator, Occur kind) {}

    static SearchOperator parse(Options operator, int depth) {
        operator.only("must", "mustNot", "should", "filter", "minimumShouldMatch", "score");
        List<Clause> clauses = new ArrayList<>();
        KINDS.forEach((name, kind) -> add(operator, name, depth, clauses));
        if (clauses.isEmpty() || clauses.size() > CLAUSES_MAX) {
            throw Options.error(
                    "A compound has at least one clause, and not too many",
                    Map.of("max", CLAUSES_MAX, "actual", clauses.size()),
                    operator.location());
        }
        long should = clauses.stream().filter(clause -> clause.kind == Occur.SHOULD).count();
        int minimum = operator.count("minimumShouldMatch", 0, 0, Integer.MAX_VALUE);
        if (minimum > should) {
            throw operator.error(
                    "minimumShouldMatch",
                    "More clauses must match than there are",
                    Map.of("max", should, "actual", minimum));
        }
        return new CompoundOperator(clauses, minimum);
    }

    private static void add(Options operator, String name, int depth, List<Clause> clauses) {
        if (!operator.has(name)) {
            return;
        }
        List<Options> written =
                operator.get(name) instanceof Document
                        ? List.of(operator.object(name))
                        : operator.objects(name);
        for (Options one : written) {
            SearchOperator inner = SearchOperators.parseOne(one, Set.of(), depth);
            clauses.add(new Clause(inner, KINDS.get(name)));
        }
    }

    @Override
    public Query query(SearchContext context) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (Clause clause : clauses) {
            all.add(clause.operator.query(context), clause.kind);
        }
        if (clauses.stream().allMatch(clause -> clause.kind == Occur.MUST_NOT)) {
            all.add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
        }
        return all.setMinimumNumberShouldMatch(minimum).build();
    }
}

package io.smilodon.index.text.search;

import org.apache.lucene.index.Term;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** {@code {exists: {path, score?}}}: an indexed field that has any value. */
record ExistsOperator(String path) implements SearchOperator {

    static SearchOperator parse(Options operator) {
        operator.only("path", "score");
        return new ExistsOperator(operator.text("path"));
    }

    @Override
    public Query query(SearchContext context) {
        return new ConstantScoreQuery(
                new TermQuery(new Term(FieldNames.EXISTING, context.path(path))));
    }
}

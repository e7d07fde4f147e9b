package io.smilodon.index.text.search;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.QueryBuilder;

/** Makes queries of texts. */
final class Words extends QueryBuilder {

    /** What one text may become, before Lucene refuses it anyway. */
    private static final int CLAUSES_MAX = 1_024;

    private final Optional<Fuzzy> fuzzy;

    Words(Analyzer analyzer, Optional<Fuzzy> fuzzy) {
        super(analyzer);
        this.fuzzy = fuzzy;
    }

    @Override
    protected Query newTermQuery(Term term, float boost) {
        if (fuzzy.isEmpty()) {
            return super.newTermQuery(term, boost);
        }
        Query query = fuzzy.get().query(term);
        return boost == 1 ? query : new BoostQuery(query, boost);
    }

    /** The query of a text, or one that matches nothing if no word is left of it. */
    static Query orNone(Query query) {
        return query == null ? new MatchNoDocsQuery("no word is left") : query;
    }

    /** What matches in any of the fields, for any of the texts; the scores add up. */
    static Query any(
            Collection<String> fields, List<String> texts, Function<String, FieldQuery> maker) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        Query only = new MatchNoDocsQuery("nothing is indexed there");
        int count = 0;
        for (String field : fields) {
            FieldQuery query = maker.apply(field);
            for (String text : texts) {
                if (++count > CLAUSES_MAX) {
                    throw new org.apache.lucene.search.IndexSearcher.TooManyClauses();
                }
                only = query.of(text);
                any.add(only, BooleanClause.Occur.SHOULD);
            }
        }
        return count <= 1 ? only : any.build();
    }

    /** Makes the query of one text in one field. */
    interface FieldQuery {
        Query of(String text);
    }
}

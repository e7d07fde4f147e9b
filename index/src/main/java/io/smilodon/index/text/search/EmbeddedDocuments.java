package io.smilodon.index.text.search;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * How documents inside of others are kept: each is a document of Lucene's in front of the one that
 * it is inside of, with a term for its path and one that all of them have.
 */
final class EmbeddedDocuments {

    /** Of one document; those behind are not indexed. */
    static final int INSIDE_MAX = 10_000;

    private static final String FIELD = "$embedded";

    /** No path: those have a sign before them. */
    private static final Term ANY = new Term(FIELD, "");

    private EmbeddedDocuments() {}

    /** Whether one of Lucene's fields tells who is inside of others. */
    static boolean isOf(String field) {
        return field.equals(FIELD);
    }

    /** The fields of one of them, with those that tell its place. */
    static List<IndexableField> marked(String path, List<IndexableField> fields) {
        List<IndexableField> all = new ArrayList<>(fields);
        all.add(new StringField(FIELD, ANY.text(), Field.Store.NO));
        all.add(new StringField(FIELD, at(path).text(), Field.Store.NO));
        return all;
    }

    private static Term at(String path) {
        return new Term(FIELD, "=" + path);
    }

    /** Those at a path that match. */
    static Query matching(Query query, String path) {
        return new BooleanQuery.Builder()
                .add(query, Occur.MUST)
                .add(new TermQuery(at(path)), Occur.FILTER)
                .build();
    }

    /** The documents that others at a path are inside of; all but those inside if it is empty. */
    static Query around(String path) {
        return path.isEmpty() ? roots(MatchAllDocsQuery.INSTANCE) : new TermQuery(at(path));
    }

    /** Those that match and are inside of none. */
    static Query roots(Query query) {
        return new BooleanQuery.Builder()
                .add(query, Occur.MUST)
                .add(new TermQuery(ANY), Occur.MUST_NOT)
                .build();
    }
}

package io.smilodon.index.text.search;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.queries.function.FunctionScoreQuery;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SynonymQuery;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.search.WildcardQuery;
import org.apache.lucene.util.BytesRef;

/**
 * Shows queries of Lucene's as trees, for explain: the names of their classes, what they look for,
 * and how many documents each part matches. What is made of an index's words, as fuzzy terms are,
 * is shown as what becomes of it.
 *
 * @param searcher counts the documents
 * @param isCounted whether it does
 */
record QueryTree(IndexSearcher searcher, boolean isCounted) {

    /** A query and the parts inside it. */
    Document of(Query query) throws IOException {
        Query shown = shown(query);
        DocumentBuilder tree =
                Document.builder()
                        .put("type", shown.getClass().getSimpleName())
                        .put("args", args(shown));
        if (isCounted) {
            Value matched = NumberValue.intOrLong(searcher.count(shown));
            tree.put("stats", Document.of("matched", matched));
        }
        return tree.build();
    }

    private Query shown(Query query) throws IOException {
        return switch (query) {
            case FuzzyQuery fuzzy -> searcher.rewrite(fuzzy);
            case MoreLikeThisOperator.Typical typical -> searcher.rewrite(typical);
            case IndexOrDocValuesQuery either -> either.getIndexQuery();
            default -> query;
        };
    }

    private Document args(Query query) throws IOException {
        return switch (query) {
            case BooleanQuery joined -> joined(joined);
            case BoostQuery boosted ->
                    inner(boosted.getQuery()).with("boost", Value.of((double) boosted.getBoost()));
            case ConstantScoreQuery constant -> inner(constant.getQuery());
            case FunctionScoreQuery scored -> inner(scored.getWrappedQuery());
            case EmbeddedQuery embedded -> inner(embedded.inner());
            case FieldExistsQuery exists -> at(exists.getField());
            case MatchAllDocsQuery all -> Document.EMPTY;
            default -> ofTerms(query);
        };
    }

    private Document inner(Query query) throws IOException {
        return Document.of("query", of(query));
    }

    private Document joined(BooleanQuery joined) throws IOException {
        return Document.builder()
                .put("must", each(joined.getClauses(Occur.MUST)))
                .put("mustNot", each(joined.getClauses(Occur.MUST_NOT)))
                .put("should", each(joined.getClauses(Occur.SHOULD)))
                .put("filter", each(joined.getClauses(Occur.FILTER)))
                .put("minimumShouldMatch", joined.getMinimumNumberShouldMatch())
                .build();
    }

    private ArrayValue each(Collection<Query> clauses) throws IOException {
        List<Value> trees = new ArrayList<>();
        for (Query clause : clauses) {
            trees.add(of(clause));
        }
        return ArrayValue.of(trees);
    }

    private static Document ofTerms(Query query) {
        return switch (query) {
            case TermQuery one -> ofTerm(one.getTerm()).with("value", value(one.getTerm()));
            case SynonymQuery same -> at(same.getField()).with("value", values(same.getTerms()));
            case PhraseQuery phrase ->
                    at(phrase.getField())
                            .with("query", values(Arrays.asList(phrase.getTerms())))
                            .with("slop", Value.of(phrase.getSlop()));
            case PatternQuery pattern ->
                    ofTerm(pattern.pattern()).with("query", value(pattern.pattern()));
            case PrefixQuery prefix ->
                    ofTerm(prefix.getPrefix()).with("query", value(prefix.getPrefix()));
            case WildcardQuery pattern ->
                    ofTerm(pattern.getTerm()).with("query", value(pattern.getTerm()));
            case TermInSetQuery set ->
                    at(set.getField()).with("values", NumberValue.intOrLong(set.getTermsCount()));
            case TermRangeQuery range -> ofRange(range);
            default -> Document.of("description", Value.of(query.toString()));
        };
    }

    private static Document ofRange(TermRangeQuery range) {
        DocumentBuilder bounds = Document.builder().putAll(at(range.getField()));
        if (isBound(range, range.getLowerTerm())) {
            bounds.put(
                    range.includesLower() ? "gte" : "gt",
                    value(new Term(range.getField(), range.getLowerTerm())));
        }
        if (isBound(range, range.getUpperTerm())) {
            bounds.put(
                    range.includesUpper() ? "lte" : "lt",
                    value(new Term(range.getField(), range.getUpperTerm())));
        }
        return bounds.build();
    }

    /** Whether it is more than the end of all values of a type. */
    private static boolean isBound(TermRangeQuery range, BytesRef end) {
        return end != null && !(FieldNames.isKeys(range.getField()) && Keys.isEndOfType(end));
    }

    private static ArrayValue values(List<Term> terms) {
        return ArrayValue.of(terms.stream().map(QueryTree::value).toList());
    }

    private static Document ofTerm(Term term) {
        return at(term.field());
    }

    /** Where a query looks: the path, the analyzer if it is not that of the field, and in what. */
    private static Document at(String field) {
        DocumentBuilder place = Document.builder();
        if (!field.equals(FieldNames.EXISTING) && !EmbeddedDocuments.isOf(field)) {
            place.put("path", FieldNames.written(FieldNames.path(field)));
        }
        if (!FieldNames.multi(field).isEmpty()) {
            place.put("multi", FieldNames.multi(field));
        }
        return place.put("indexedAs", FieldNames.kind(field)).build();
    }

    /** The value that a term stands for. */
    private static Value value(Term term) {
        BytesRef bytes = term.bytes();
        return FieldNames.isKeys(term.field())
                ? KeyType.value(bytes)
                : Value.of(FieldNames.written(bytes.utf8ToString()));
    }
}

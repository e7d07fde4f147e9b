package io.smilodon.index.text.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** {@code {autocomplete: {query, path, tokenOrder?, fuzzy?, score?}}}: beginnings of words. */
record AutocompleteOperator(
        List<String> texts, String path, boolean isSequential, Optional<Fuzzy> fuzzy)
        implements SearchOperator {

    static SearchOperator parse(Options operator) {
        operator.only("query", "path", "tokenOrder", "fuzzy", "score");
        String order = operator.word("tokenOrder", "any", Set.of("any", "sequential"));
        return new AutocompleteOperator(
                operator.texts("query"),
                operator.text("path"),
                order.equals("sequential"),
                Fuzzy.parse(operator));
    }

    @Override
    public Query query(SearchContext context) {
        context.require(
                path,
                type -> type instanceof AutocompleteType,
                "autocomplete index field definition not present at path " + path);
        Optional<AutocompleteType> type = context.beginnings(context.path(path));
        List<String> field = List.of(FieldNames.beginnings(context.path(path)));
        return Words.any(field, texts, name -> text -> query(type.orElseThrow(), name, text));
    }

    private Query query(AutocompleteType type, String field, String text) {
        List<Term> terms = new ArrayList<>();
        for (String word : words(type, field, text)) {
            terms.add(new Term(field, word));
        }
        if (terms.isEmpty()) {
            return Words.orNone(null);
        }
        if (terms.size() == 1) {
            return query(terms.get(0));
        }
        PhraseQuery.Builder phrase = new PhraseQuery.Builder();
        terms.forEach(phrase::add);
        if (isSequential && fuzzy.isEmpty()) {
            return phrase.build();
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        terms.forEach(term -> all.add(query(term), Occur.MUST));
        return all.add(phrase.build(), Occur.SHOULD).build();
    }

    private Query query(Term term) {
        return fuzzy.map(near -> near.query(term)).orElseGet(() -> new TermQuery(term));
    }

    /** The words, cut to the longest piece that is indexed. */
    private static List<String> words(AutocompleteType type, String field, String text) {
        List<String> words = new ArrayList<>();
        int max = type.grams().max();
        try (TokenStream terms = type.searchAnalyzer().tokenStream(field, text)) {
            CharTermAttribute term = terms.addAttribute(CharTermAttribute.class);
            terms.reset();
            while (terms.incrementToken()) {
                String word = term.toString();
                int length = word.codePointCount(0, word.length());
                words.add(
                        length <= max ? word : word.substring(0, word.offsetByCodePoints(0, max)));
            }
            terms.end();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return words;
    }
}

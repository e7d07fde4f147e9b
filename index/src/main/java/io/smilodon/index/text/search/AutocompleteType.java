package io.smilodon.index.text.search;

import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.text.search.Analyzers.NamedAnalyzer;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.AnalyzerWrapper;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenFilter;
import org.apache.lucene.analysis.ngram.NGramTokenFilter;
import org.apache.lucene.analysis.reverse.ReverseStringFilter;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexableField;

/**
 * The beginnings, or other pieces, of words.
 *
 * @param analyzer of what is indexed: makes the pieces
 * @param searchAnalyzer of what is searched for: whole words
 * @param grams how long the pieces are
 */
record AutocompleteType(Analyzer analyzer, Analyzer searchAnalyzer, Grams grams)
        implements FieldType {

    private static final Set<String> TOKENIZATIONS = Set.of("edgeGram", "rightEdgeGram", "nGram");

    static AutocompleteType parse(Options written, MappingParser definition) {
        written.only(
                "type",
                "analyzer",
                "maxGrams",
                "minGrams",
                "tokenization",
                "foldDiacritics",
                "similarity");
        NamedAnalyzer words = definition.analyzer(written, "analyzer", definition.standard());
        Grams grams = Grams.ofAutocomplete(written);
        String tokenization = written.word("tokenization", "edgeGram", TOKENIZATIONS);
        boolean folds = written.flag("foldDiacritics", true);
        return new AutocompleteType(
                new Pieces(words.analyzer(), folds, terms -> pieces(terms, tokenization, grams)),
                new Pieces(words.analyzer(), folds, terms -> terms),
                grams);
    }

    private static TokenStream pieces(TokenStream terms, String tokenization, Grams grams) {
        int min = grams.min();
        int max = grams.max();
        if (tokenization.equals("nGram")) {
            return new NGramTokenFilter(terms, min, max, false);
        }
        if (tokenization.equals("edgeGram")) {
            return new EdgeNGramTokenFilter(terms, min, max, false);
        }
        TokenStream reversed = new ReverseStringFilter(terms);
        return new ReverseStringFilter(new EdgeNGramTokenFilter(reversed, min, max, false));
    }

    @Override
    public void index(String path, Value value, Consumer<IndexableField> fields) {
        if (value instanceof StringValue text) {
            String name = FieldNames.beginnings(path);
            fields.accept(new TextField(name, text.value(), Field.Store.NO));
        }
    }

    /** Cuts the words of another analyzer. */
    private static final class Pieces extends AnalyzerWrapper {

        private final Analyzer words;
        private final boolean folds;
        private final TokenFilters.Step cut;

        Pieces(Analyzer words, boolean folds, TokenFilters.Step cut) {
            super(PER_FIELD_REUSE_STRATEGY);
            this.words = words;
            this.folds = folds;
            this.cut = cut;
        }

        @Override
        protected Analyzer getWrappedAnalyzer(String field) {
            return words;
        }

        @Override
        protected TokenStreamComponents wrapComponents(
                String field, TokenStreamComponents components) {
            TokenStream terms = new LowerCaseFilter(components.getTokenStream());
            TokenStream folded = folds ? new ASCIIFoldingFilter(terms) : terms;
            return new TokenStreamComponents(components.getSource(), cut.apply(folded));
        }
    }
}

package io.smilodon.index.text.search;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.core.FlattenGraphFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.es.SpanishPluralStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.KeywordRepeatFilter;
import org.apache.lucene.analysis.miscellaneous.LengthFilter;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;
import org.apache.lucene.analysis.miscellaneous.TrimFilter;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenFilter;
import org.apache.lucene.analysis.ngram.NGramTokenFilter;
import org.apache.lucene.analysis.reverse.ReverseStringFilter;
import org.apache.lucene.analysis.shingle.ShingleFilter;

/** What may be done to the terms of a text. */
final class TokenFilters {

    static final Map<String, Factory> TABLE =
            Map.ofEntries(
                    Map.entry("asciiFolding", TokenFilters::asciiFolding),
                    Map.entry("edgeGram", TokenFilters::edgeGram),
                    Map.entry("englishPossessive", plain(EnglishPossessiveFilter::new)),
                    Map.entry("flattenGraph", plain(FlattenGraphFilter::new)),
                    Map.entry("icuNormalizer", UnicodeForms::parse),
                    Map.entry("keywordRepeat", plain(KeywordRepeatFilter::new)),
                    Map.entry("kStemming", plain(KStemFilter::new)),
                    Map.entry("length", TokenFilters::length),
                    Map.entry("lowercase", plain(LowerCaseFilter::new)),
                    Map.entry("nGram", TokenFilters::nGram),
                    Map.entry("porterStemming", plain(PorterStemFilter::new)),
                    Map.entry("removeDuplicates", plain(RemoveDuplicatesTokenFilter::new)),
                    Map.entry("reverse", plain(ReverseStringFilter::new)),
                    Map.entry("shingle", TokenFilters::shingle),
                    Map.entry("snowballStemming", Stemmers::parse),
                    Map.entry("spanishPluralStemming", plain(SpanishPluralStemFilter::new)),
                    Map.entry("stopword", TokenFilters::stopword),
                    Map.entry("trim", plain(TrimFilter::new)),
                    Map.entry("wordDelimiterGraph", WordParts::parse));

    private static final int SHINGLE_TERMS_MAX = 16;

    private TokenFilters() {}

    private static Factory plain(UnaryOperator<TokenStream> filter) {
        return options -> {
            options.only("type");
            return filter::apply;
        };
    }

    private static Step asciiFolding(Options options) {
        options.only("type", "originalTokens");
        boolean keeps = isIncluded(options, "originalTokens");
        return terms -> new ASCIIFoldingFilter(terms, keeps);
    }

    private static Step edgeGram(Options options) {
        Grams grams = Grams.parse(options);
        boolean keeps = isIncluded(options, "termNotInBounds");
        return terms -> new EdgeNGramTokenFilter(terms, grams.min(), grams.max(), keeps);
    }

    private static Step nGram(Options options) {
        Grams grams = Grams.parse(options);
        boolean keeps = isIncluded(options, "termNotInBounds");
        return terms -> new NGramTokenFilter(terms, grams.min(), grams.max(), keeps);
    }

    private static boolean isIncluded(Options options, String name) {
        return options.word(name, "omit", java.util.Set.of("include", "omit")).equals("include");
    }

    private static Step length(Options options) {
        options.only("type", "min", "max");
        int min = options.count("min", 0, 0, Integer.MAX_VALUE);
        int max = options.count("max", Tokenizers.TOKEN_CHARS, 0, Integer.MAX_VALUE);
        if (min > max) {
            throw options.error(
                    "min", "The shortest length is above the longest", Map.of("min", min));
        }
        return terms -> new LengthFilter(terms, min, max);
    }

    private static Step shingle(Options options) {
        options.only("type", "minShingleSize", "maxShingleSize");
        options.required("minShingleSize");
        options.required("maxShingleSize");
        int min = options.count("minShingleSize", 2, 2, SHINGLE_TERMS_MAX);
        int max = options.count("maxShingleSize", 2, min, SHINGLE_TERMS_MAX);
        return terms -> new ShingleFilter(terms, min, max);
    }

    private static Step stopword(Options options) {
        options.only("type", "tokens", "ignoreCase");
        List<String> words = options.texts("tokens");
        CharArraySet stops = new CharArraySet(words, options.flag("ignoreCase", true));
        return terms -> new StopFilter(terms, stops);
    }

    /** Reads the options of a filter. */
    interface Factory {
        Step parse(Options options);
    }

    /** A filter. */
    interface Step {
        TokenStream apply(TokenStream terms);
    }
}

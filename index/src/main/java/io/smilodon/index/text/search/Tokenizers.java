package io.smilodon.index.text.search;

import java.util.Map;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.email.UAX29URLEmailTokenizer;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenizer;
import org.apache.lucene.analysis.ngram.NGramTokenizer;
import org.apache.lucene.analysis.pattern.SimplePatternSplitTokenizer;
import org.apache.lucene.analysis.pattern.SimplePatternTokenizer;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.util.automaton.Automaton;

/** How a text may be cut into terms. */
final class Tokenizers {

    static final int TOKEN_CHARS = 255;

    static final Map<String, Factory> TABLE =
            Map.of(
                    "edgeGram", Tokenizers::edgeGram,
                    "keyword", Tokenizers::keyword,
                    "nGram", Tokenizers::nGram,
                    "regexCaptureGroup", Tokenizers::captured,
                    "regexSplit", Tokenizers::split,
                    "standard", Tokenizers::standard,
                    "uaxUrlEmail", Tokenizers::email,
                    "whitespace", Tokenizers::whitespace);

    private Tokenizers() {}

    private static Step keyword(Options options) {
        options.only("type");
        return KeywordTokenizer::new;
    }

    private static Step edgeGram(Options options) {
        Grams grams = Grams.parse(options);
        return () -> new EdgeNGramTokenizer(grams.min(), grams.max());
    }

    private static Step nGram(Options options) {
        Grams grams = Grams.parse(options);
        return () -> new NGramTokenizer(grams.min(), grams.max());
    }

    private static Step captured(Options options) {
        options.only("type", "pattern", "group");
        options.required("group");
        options.count("group", 0, 0, 0);
        Automaton pattern = Patterns.parse(options.text("pattern"), options.at("pattern"));
        return () -> new SimplePatternTokenizer(pattern);
    }

    private static Step split(Options options) {
        options.only("type", "pattern");
        Automaton pattern = Patterns.parse(options.text("pattern"), options.at("pattern"));
        return () -> new SimplePatternSplitTokenizer(pattern);
    }

    private static Step standard(Options options) {
        int max = maxTokenLength(options);
        return () -> {
            StandardTokenizer tokenizer = new StandardTokenizer();
            tokenizer.setMaxTokenLength(max);
            return tokenizer;
        };
    }

    private static Step email(Options options) {
        int max = maxTokenLength(options);
        return () -> {
            UAX29URLEmailTokenizer tokenizer = new UAX29URLEmailTokenizer();
            tokenizer.setMaxTokenLength(max);
            return tokenizer;
        };
    }

    private static Step whitespace(Options options) {
        int max = maxTokenLength(options);
        return () -> new WhitespaceTokenizer(max);
    }

    private static int maxTokenLength(Options options) {
        options.only("type", "maxTokenLength");
        return options.count("maxTokenLength", TOKEN_CHARS, 1, BoundedTerms.CHARS_MAX);
    }

    /** Reads the options of a tokenizer. */
    interface Factory {
        Step parse(Options options);
    }

    /** Makes a tokenizer for one thread. */
    interface Step {
        Tokenizer create();
    }
}

package io.smilodon.index.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.WordlistLoader;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;
import org.tartarus.snowball.SnowballStemmer;
import org.tartarus.snowball.ext.DanishStemmer;
import org.tartarus.snowball.ext.DutchStemmer;
import org.tartarus.snowball.ext.EnglishStemmer;
import org.tartarus.snowball.ext.FinnishStemmer;
import org.tartarus.snowball.ext.FrenchStemmer;
import org.tartarus.snowball.ext.GermanStemmer;
import org.tartarus.snowball.ext.HungarianStemmer;
import org.tartarus.snowball.ext.ItalianStemmer;
import org.tartarus.snowball.ext.NorwegianStemmer;
import org.tartarus.snowball.ext.PortugueseStemmer;
import org.tartarus.snowball.ext.RomanianStemmer;
import org.tartarus.snowball.ext.RussianStemmer;
import org.tartarus.snowball.ext.SpanishStemmer;
import org.tartarus.snowball.ext.SwedishStemmer;
import org.tartarus.snowball.ext.TurkishStemmer;

/**
 * A language of text indexes: its stemmer and its stop words, those of Snowball. Thread-safe; its
 * stop words are read when they are first needed.
 */
public enum TextLanguage {
    DANISH("da", DanishStemmer::new),
    DUTCH("nl", DutchStemmer::new),
    ENGLISH("en", EnglishStemmer::new),
    FINNISH("fi", FinnishStemmer::new),
    FRENCH("fr", FrenchStemmer::new),
    GERMAN("de", GermanStemmer::new),
    HUNGARIAN("hu", HungarianStemmer::new),
    ITALIAN("it", ItalianStemmer::new),
    NORWEGIAN("nb", NorwegianStemmer::new),
    PORTUGUESE("pt", PortugueseStemmer::new),
    ROMANIAN("ro", RomanianStemmer::new),
    RUSSIAN("ru", RussianStemmer::new),
    SPANISH("es", SpanishStemmer::new),
    SWEDISH("sv", SwedishStemmer::new),
    TURKISH("tr", TurkishStemmer::new),
    /** Words as they are written, all of them. */
    NONE("none", EnglishStemmer::new);

    /** By names and codes. */
    private static final Map<String, TextLanguage> NAMED = new HashMap<>();

    static {
        for (TextLanguage language : values()) {
            NAMED.put(language.written(), language);
            NAMED.put(language.code, language);
        }
    }

    private final String code;
    private final Supplier<SnowballStemmer> stemmers;
    private volatile Optional<CharArraySet> stopWords = Optional.empty();

    TextLanguage(String code, Supplier<SnowballStemmer> stemmers) {
        this.code = code;
        this.stemmers = stemmers;
    }

    /** The language of this name or two-letter code, in capitals or not. */
    public static Optional<TextLanguage> named(String name) {
        return Optional.ofNullable(NAMED.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The name as users write it. */
    public String written() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All names, for hints. */
    public static String names() {
        return Arrays.stream(values()).map(TextLanguage::written).collect(Collectors.joining(", "));
    }

    /** Whether the letters i and ı are two, with two capitals. */
    boolean hasDotlessI() {
        return this == TURKISH;
    }

    /** Whether an apostrophe is part of a word. */
    boolean joinsApostrophes() {
        return this == ENGLISH;
    }

    /** A stemmer for one thread. */
    SnowballStemmer stemmer() {
        return stemmers.get();
    }

    /** Whether a word in small letters, with its accents, says nothing. */
    boolean isStopWord(String word) {
        return this != NONE && stopWords().contains(word);
    }

    private CharArraySet stopWords() {
        if (stopWords.isEmpty()) {
            stopWords = Optional.of(readStopWords());
        }
        return stopWords.get();
    }

    private CharArraySet readStopWords() {
        return switch (this) {
            case NONE -> CharArraySet.EMPTY_SET;
            case ROMANIAN -> RomanianAnalyzer.getDefaultStopSet();
            case TURKISH -> TurkishAnalyzer.getDefaultStopSet();
            default -> snowball(written() + "_stop.txt");
        };
    }

    private static CharArraySet snowball(String file) {
        try (InputStream words = SnowballFilter.class.getResourceAsStream(file)) {
            return WordlistLoader.getSnowballWordSet(words);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}

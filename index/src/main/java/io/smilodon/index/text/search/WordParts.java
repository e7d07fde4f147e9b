package io.smilodon.index.text.search;

import java.util.List;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;

/**
 * Cuts terms at what is neither letter nor digit, between letters and digits, and where small
 * letters end.
 */
final class WordParts {

    /** How an option is called, what it is for Lucene, and whether it is on if it is left out. */
    private record Flag(String name, int flag, boolean otherwise) {}

    private static final List<Flag> FLAGS =
            List.of(
                    new Flag("concatenateAll", WordDelimiterGraphFilter.CATENATE_ALL, false),
                    new Flag(
                            "concatenateNumbers", WordDelimiterGraphFilter.CATENATE_NUMBERS, false),
                    new Flag("concatenateWords", WordDelimiterGraphFilter.CATENATE_WORDS, false),
                    new Flag(
                            "generateNumberParts",
                            WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS,
                            true),
                    new Flag(
                            "generateWordParts",
                            WordDelimiterGraphFilter.GENERATE_WORD_PARTS,
                            true),
                    new Flag("ignoreKeywords", WordDelimiterGraphFilter.IGNORE_KEYWORDS, false),
                    new Flag("preserveOriginal", WordDelimiterGraphFilter.PRESERVE_ORIGINAL, true),
                    new Flag(
                            "splitOnCaseChange",
                            WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE,
                            true),
                    new Flag("splitOnNumerics", WordDelimiterGraphFilter.SPLIT_ON_NUMERICS, true),
                    new Flag(
                            "stemEnglishPossessive",
                            WordDelimiterGraphFilter.STEM_ENGLISH_POSSESSIVE,
                            true));

    private WordParts() {}

    /** {@code {type: "wordDelimiterGraph", delimiterOptions?, protectedWords?}}. */
    static TokenFilters.Step parse(Options options) {
        options.only("type", "delimiterOptions", "protectedWords");
        int flags =
                options.optionalObject("delimiterOptions").map(WordParts::flags).orElse(flags());
        CharArraySet kept =
                options.optionalObject("protectedWords").map(WordParts::words).orElse(null);
        return terms -> new WordDelimiterGraphFilter(terms, flags, kept);
    }

    private static int flags() {
        return FLAGS.stream().filter(Flag::otherwise).mapToInt(Flag::flag).sum();
    }

    private static int flags(Options options) {
        options.only(FLAGS.stream().map(Flag::name).toArray(String[]::new));
        int flags = 0;
        for (Flag flag : FLAGS) {
            flags |= options.flag(flag.name, flag.otherwise) ? flag.flag : 0;
        }
        return flags;
    }

    private static CharArraySet words(Options options) {
        options.only("words", "ignoreCase");
        return new CharArraySet(options.texts("words"), options.flag("ignoreCase", true));
    }
}

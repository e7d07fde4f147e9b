package io.smilodon.query.predicate.regex;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.Map;
import java.util.Optional;

/**
 * A compiled regular expression in the language of PCRE as far as two engines carry it: re2j, whose
 * time is linear in the text, for all patterns that it knows, and else {@code java.util.regex} with
 * a limit on its steps. Letters, digits and spaces are ASCII's, as in MongoDB; case is Unicode's.
 * Immutable and thread-safe; two are equal if their patterns and options are.
 */
public final class RegexMatcher {

    /** Characters of a pattern. */
    public static final int PATTERN_CHARS_MAX = 32 << 10;

    /** Characters that the search for many matches in one text may look at; some seconds. */
    static final int SCAN_STEPS_MAX = 100_000_000;

    /** Characters of a text times those of the pattern: some milliseconds. */
    private static final long UNCOUNTED_MAX = 100_000;

    private static final String OPTIONS = "imsux";
    private static final ErrorCode INVALID_FLAG = ErrorCode.location(51108);
    private static final ErrorCode INVALID_PATTERN = ErrorCode.location(51091);

    private final String pattern;
    private final String options;
    private final Optional<Pattern> linear;
    private final BoundedPattern bounded;
    private final boolean endsBeforeNewline;
    private final LiteralPrefix prefix;

    private RegexMatcher(String pattern, String options) {
        this.pattern = pattern;
        this.options = options;
        String plain = PlainSyntax.of(pattern, has('x'));
        this.linear = linear(plain);
        this.bounded = new BoundedPattern(plain, this);
        this.endsBeforeNewline = !has('m') && plain.indexOf('$') >= 0;
        this.prefix = has('i') || has('m') ? LiteralPrefix.NONE : LiteralPrefix.of(plain);
        if (linear.isEmpty()) {
            bounded.compile();
        }
    }

    /**
     * Compiles a pattern.
     *
     * @param options letters of {@code imsxu}, in any order
     * @throws SmilodonException 51108 for another letter, 51091 for a bad or too long pattern
     */
    public static RegexMatcher compile(String pattern, String options) {
        if (pattern.length() > PATTERN_CHARS_MAX) {
            throw new SmilodonException(
                    INVALID_PATTERN,
                    "Regular expression is too long",
                    Map.of("length", pattern.length(), "max", PATTERN_CHARS_MAX));
        }
        if (pattern.indexOf('\0') >= 0) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE, "Regular expression cannot contain an embedded null byte");
        }
        return new RegexMatcher(pattern, normalized(options));
    }

    private static String normalized(String options) {
        StringBuilder letters = new StringBuilder();
        options.chars()
                .sorted()
                .distinct()
                .forEach(letter -> letters.append(checked((char) letter)));
        return letters.toString();
    }

    private static char checked(char letter) {
        if (OPTIONS.indexOf(letter) < 0) {
            throw new SmilodonException(
                    INVALID_FLAG,
                    "invalid flag in regex options",
                    Map.of("flag", letter, "known", OPTIONS));
        }
        return letter;
    }

    private Optional<Pattern> linear(String plain) {
        // Nested counts multiply into the size of the automaton: leave them to the other engine.
        if (RepetitionCount.of(plain) > RepetitionCount.UNROLLED_MAX) {
            return Optional.empty();
        }
        int flags =
                (has('i') ? Pattern.CASE_INSENSITIVE : 0)
                        | (has('m') ? Pattern.MULTILINE : 0)
                        | (has('s') ? Pattern.DOTALL : 0);
        try {
            return Optional.of(Pattern.compile(plain, flags));
        } catch (PatternSyntaxException | StackOverflowError notForThisEngine) {
            return Optional.empty(); // the other engine decides whether it is an error
        }
    }

    /** Whether a part of the text matches. */
    public boolean isFoundIn(String text) {
        try {
            return isLinearFor(text)
                    ? linear.get().matcher(counted(text)).find()
                    : bounded.matcher(text).find();
        } catch (StackOverflowError tooDeep) {
            throw bounded.tooManySteps(tooDeep, SCAN_STEPS_MAX);
        }
    }

    /**
     * The first match at or after an index.
     *
     * @param from an index of the text, or its length
     */
    public Optional<RegexMatch> find(String text, int from) {
        try {
            return isLinearFor(text)
                    ? RegexMatch.first(linear.get().matcher(counted(text)), from)
                    : RegexMatch.first(bounded.matcher(text), from);
        } catch (StackOverflowError tooDeep) {
            throw bounded.tooManySteps(tooDeep, SCAN_STEPS_MAX);
        }
    }

    /** Long texts count: the time for a character grows with the pattern. */
    private CharSequence counted(String text) {
        return (long) text.length() * pattern.length() > UNCOUNTED_MAX
                ? new CountedText(text, Integer.MAX_VALUE, pattern.length())
                : text;
    }

    /** Starts the search for many matches in a text. */
    public RegexScan scan(String text) {
        return scan(text, SCAN_STEPS_MAX);
    }

    RegexScan scan(String text, int stepsMax) {
        if (!isLinearFor(text)) {
            BoundedPattern.BoundedMatcher matcher = bounded.matcher(text);
            return from -> RegexMatch.first(matcher, from);
        }
        Matcher matcher = linear.get().matcher(new CountedText(text, stepsMax, pattern.length()));
        return from -> {
            try {
                return RegexMatch.first(matcher, from);
            } catch (CountedText.LimitReached error) {
                throw bounded.tooManySteps(error, stepsMax);
            }
        };
    }

    /** PCRE's {@code $} matches before a newline at the end too, re2j's does not. */
    private boolean isLinearFor(String text) {
        return linear.isPresent() && !(endsBeforeNewline && text.endsWith("\n"));
    }

    public String pattern() {
        return pattern;
    }

    /** The options in alphabetical order. */
    public String options() {
        return options;
    }

    /** What every text with a match begins with. */
    public LiteralPrefix prefix() {
        return prefix;
    }

    boolean has(char option) {
        return options.indexOf(option) >= 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RegexMatcher that
                && pattern.equals(that.pattern)
                && options.equals(that.options);
    }

    @Override
    public int hashCode() {
        return 31 * pattern.hashCode() + options.hashCode();
    }

    @Override
    public String toString() {
        return "/" + pattern + "/" + options;
    }
}

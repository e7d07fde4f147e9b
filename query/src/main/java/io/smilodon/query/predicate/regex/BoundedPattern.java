package io.smilodon.query.predicate.regex;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern for {@code java.util.regex}, whose time can grow exponentially: its steps are counted,
 * and past a limit the match fails with an error that names the pattern. Compiled when first
 * needed. Thread-safe.
 */
final class BoundedPattern {

    /** Characters that the matches in one text may look at; some tenths of a second. */
    static final int STEPS_MAX = 10_000_000;

    private static final ErrorCode INVALID_PATTERN = ErrorCode.location(51091);
    private static final ErrorCode MATCH_FAILED = ErrorCode.location(51156);

    private final String plain;
    private final RegexMatcher owner;
    private volatile Optional<Pattern> compiled = Optional.empty();

    BoundedPattern(String plain, RegexMatcher owner) {
        this.plain = plain;
        this.owner = owner;
    }

    /**
     * Compiles the pattern, unless it is.
     *
     * @throws SmilodonException 51091 if it is not one
     */
    Pattern compile() {
        Pattern pattern = compiled.orElseGet(this::compileNew);
        compiled = Optional.of(pattern);
        return pattern;
    }

    private Pattern compileNew() {
        int flags =
                Pattern.UNIX_LINES
                        | (owner.has('i') ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0)
                        | (owner.has('m') ? Pattern.MULTILINE : 0)
                        | (owner.has('s') ? Pattern.DOTALL : 0);
        try {
            return Pattern.compile(JavaSyntax.of(plain), flags);
        } catch (PatternSyntaxException error) {
            throw new SmilodonException(
                    INVALID_PATTERN,
                    "Regular expression is invalid",
                    Map.of("pattern", shown(), "reason", error.getDescription()),
                    error);
        } catch (StackOverflowError tooDeep) {
            throw new SmilodonException(
                    INVALID_PATTERN,
                    "Regular expression is nested too deeply",
                    Map.of("pattern", shown()),
                    tooDeep);
        }
    }

    BoundedMatcher matcher(String text) {
        return new BoundedMatcher(compile().matcher(new CountedText(text, STEPS_MAX, 1)));
    }

    /** The start of the pattern, enough to know it by. */
    private String shown() {
        String pattern = owner.pattern();
        return pattern.length() <= 200 ? pattern : pattern.substring(0, 200) + "…";
    }

    SmilodonException tooManySteps(Throwable cause, int stepsMax) {
        return new SmilodonException(
                MATCH_FAILED,
                "Regular expression takes too many steps to match",
                Map.of("pattern", shown(), "stepsMax", stepsMax),
                cause);
    }

    /** One match in progress. Not thread-safe. */
    final class BoundedMatcher {

        private final Matcher matcher;

        private BoundedMatcher(Matcher matcher) {
            this.matcher = matcher;
        }

        boolean find() {
            return find(0);
        }

        boolean find(int from) {
            try {
                return matcher.find(from);
            } catch (CountedText.LimitReached | StackOverflowError error) {
                // The engine recurses by the text's length: its stack is a limit like the steps.
                throw tooManySteps(error, STEPS_MAX)
                        .withHint(
                                "look-around, back-references and possessive groups cost the linear"
                                        + " time that other patterns have");
            }
        }

        RegexMatch match() {
            List<Optional<String>> groups = new ArrayList<>();
            for (int group = 1; group <= matcher.groupCount(); group++) {
                groups.add(Optional.ofNullable(matcher.group(group)));
            }
            return new RegexMatch(matcher.start(), matcher.end(), groups);
        }
    }
}

package io.smilodon.query.predicate.regex;

import java.util.Optional;

/**
 * What every text begins with that a pattern matches; an index can go straight there.
 *
 * @param text the prefix, empty if there is none
 * @param isWhole whether beginning so is also enough for a match
 */
public record LiteralPrefix(String text, boolean isWhole) {

    static final LiteralPrefix NONE = new LiteralPrefix("", false);

    private static final String META = "^$.|?*+()[]{}";

    /** The prefix of a pattern that distinguishes case and has no multi-line anchors. */
    static LiteralPrefix of(String pattern) {
        String anchored = afterAnchor(pattern);
        if (anchored.length() == pattern.length() || hasAlternatives(anchored)) {
            return NONE;
        }
        StringBuilder text = new StringBuilder();
        PatternScanner scanner = new PatternScanner(anchored);
        while (scanner.hasNext()) {
            String token = scanner.next();
            Optional<String> literal = literal(token);
            if (literal.isEmpty()) {
                return upTo(text, token, scanner);
            }
            text.append(literal.get());
        }
        return checked(new LiteralPrefix(text.toString(), true));
    }

    private static String afterAnchor(String pattern) {
        if (pattern.startsWith("^")) {
            return pattern.substring(1);
        }
        return pattern.startsWith("\\A") ? pattern.substring(2) : pattern;
    }

    private static boolean hasAlternatives(String pattern) {
        PatternScanner scanner = new PatternScanner(pattern);
        while (scanner.hasNext()) {
            if (scanner.next().equals("|") && !scanner.isInClass()) {
                return true;
            }
        }
        return false;
    }

    /** The text that a token stands for, if it stands for one alone. */
    private static Optional<String> literal(String token) {
        if (token.length() == 1) {
            return META.contains(token) || token.equals("\\")
                    ? Optional.empty()
                    : Optional.of(token);
        }
        if (token.startsWith("\\Q")) {
            int end = token.endsWith("\\E") ? token.length() - 2 : token.length();
            return Optional.of(token.substring(2, end));
        }
        char escaped = token.charAt(1);
        boolean isPunctuation =
                token.length() == 2 && escaped < 128 && !Character.isLetterOrDigit(escaped);
        return isPunctuation ? Optional.of(token.substring(1)) : Optional.empty();
    }

    /** The prefix before a token that is no literal: a quantifier can take back the last one. */
    private static LiteralPrefix upTo(StringBuilder text, String token, PatternScanner scanner) {
        if ("?*{".contains(token) && !text.isEmpty()) {
            text.setLength(text.offsetByCodePoints(text.length(), -1));
        }
        boolean matchesAnyRest = token.equals(".") && scanner.rest().equals("*");
        return checked(new LiteralPrefix(text.toString(), matchesAnyRest));
    }

    /** Surrogates without their partner have no place in the order of texts. */
    private static LiteralPrefix checked(LiteralPrefix prefix) {
        boolean isText =
                prefix.text
                        .codePoints()
                        .noneMatch(
                                point ->
                                        point >= Character.MIN_SURROGATE
                                                && point <= Character.MAX_SURROGATE);
        return isText ? prefix : NONE;
    }

    /**
     * The lowest text above all those that begin so, in the order of code points; none if nothing
     * is above them.
     */
    public Optional<String> successor() {
        StringBuilder next = new StringBuilder(text);
        while (!next.isEmpty()) {
            int last = next.codePointBefore(next.length());
            next.setLength(next.length() - Character.charCount(last));
            if (last < Character.MAX_CODE_POINT) {
                int above = last + 1 == Character.MIN_SURROGATE ? 0xE000 : last + 1;
                return Optional.of(next.appendCodePoint(above).toString());
            }
        }
        return Optional.empty();
    }
}

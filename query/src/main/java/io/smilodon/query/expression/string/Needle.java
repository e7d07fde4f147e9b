package io.smilodon.query.expression.string;

/**
 * A text to look for in others, in time proportional to the sum of both lengths, not to their
 * product. Source: Knuth, Morris, Pratt, "Fast pattern matching in strings", 1977. Immutable.
 */
final class Needle {

    /** For shorter ones the plain search is faster, and slower by this factor at most. */
    private static final int PLAIN_MAX = 32;

    private final String text;

    /** How long a proper end of each start of the text is that is a start of it, too. */
    private final int[] borders;

    Needle(String text) {
        this.text = text;
        this.borders = text.length() <= PLAIN_MAX ? new int[0] : borders(text);
    }

    private static int[] borders(String text) {
        int[] borders = new int[text.length()];
        int length = 0;
        for (int end = 1; end < borders.length; end++) {
            while (length > 0 && text.charAt(end) != text.charAt(length)) {
                length = borders[length - 1];
            }
            if (text.charAt(end) == text.charAt(length)) {
                length++;
            }
            borders[end] = length;
        }
        return borders;
    }

    int length() {
        return text.length();
    }

    /** Where it first stands from an index on; -1 if nowhere. */
    int indexIn(String subject, int from) {
        return indexIn(subject, from, subject.length());
    }

    /** Where it first stands as a whole between two indexes; -1 if nowhere. */
    int indexIn(String subject, int from, int to) {
        if (borders.length == 0) {
            return subject.indexOf(text, from, to);
        }
        int length = 0;
        for (int at = from; at < to; at++) {
            while (length > 0 && subject.charAt(at) != text.charAt(length)) {
                length = borders[length - 1];
            }
            if (subject.charAt(at) == text.charAt(length)) {
                length++;
            }
            if (length == text.length()) {
                return at + 1 - length;
            }
        }
        return -1;
    }
}

package io.smilodon.query.predicate.regex;

/**
 * Reads a pattern token by token: an escape is one token, every other character too. Knows when it
 * is inside a character class. Not thread-safe.
 */
final class PatternScanner {

    private final String pattern;
    private int position;
    private int classStart = -1;
    private boolean lastInClass;

    PatternScanner(String pattern) {
        this.pattern = pattern;
    }

    boolean hasNext() {
        return position < pattern.length();
    }

    /** The next token: an escape with the character after it, a quotation, or one character. */
    String next() {
        int start = position;
        char first = pattern.charAt(position++);
        lastInClass = classStart >= 0;
        if (first == '\\') {
            readEscape();
        } else if (!lastInClass && first == '[') {
            openClass();
        } else if (lastInClass && first == '[') {
            readPosixClass();
        } else if (lastInClass && first == ']' && start > classStart) {
            classStart = -1;
        }
        return pattern.substring(start, position);
    }

    private void readEscape() {
        if (!hasNext()) {
            return;
        }
        char escaped = pattern.charAt(position++);
        if (escaped == 'Q') {
            int end = pattern.indexOf("\\E", position);
            position = end < 0 ? pattern.length() : end + 2;
        }
    }

    /** A bracket right at the start of a class, after its negation too, stands for itself. */
    private void openClass() {
        classStart = position;
        if (hasNext() && pattern.charAt(position) == '^') {
            classStart++;
        }
    }

    private void readPosixClass() {
        int end = pattern.startsWith(":", position) ? pattern.indexOf(":]", position + 1) : -1;
        if (end >= 0) {
            position = end + 2;
        }
    }

    /** Whether the last token stood inside a class, its closing bracket included. */
    boolean isInClass() {
        return lastInClass;
    }

    void skipLine() {
        int newline = pattern.indexOf('\n', position);
        position = newline < 0 ? pattern.length() : newline + 1;
    }

    /** Whether the rest of the pattern begins so. */
    boolean isBefore(String text) {
        return pattern.startsWith(text, position);
    }

    /** Goes on behind the next such character; nowhere if there is none. */
    boolean skipPast(char end) {
        int found = pattern.indexOf(end, position);
        position = found < 0 ? position : found + 1;
        return found >= 0;
    }

    /** The rest of the pattern after the last token. */
    String rest() {
        return pattern.substring(position);
    }
}

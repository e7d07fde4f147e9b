package io.smilodon.query.predicate.regex;

import io.smilodon.query.Steps;

/** A text that counts how often an engine looks at it, up to a limit. Not thread-safe. */
final class CountedText implements CharSequence {

    private static final int CHARS_PER_COUNT = 128;

    /** Parts of a pattern that an engine tries on a character in about the time of a step. */
    private static final int PATTERN_CHARS_PER_STEP = 16;

    private final String text;
    private final int stepsMax;
    private final int stepsPerCount;
    private int steps;

    /**
     * @param patternChars the length of the pattern that is looked for
     */
    CountedText(String text, int stepsMax, int patternChars) {
        this.text = text;
        this.stepsMax = stepsMax;
        this.stepsPerCount = CHARS_PER_COUNT / 8 * (1 + patternChars / PATTERN_CHARS_PER_STEP);
    }

    /** Thrown out of the engine, as nothing else ends its search. */
    static final class LimitReached extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private LimitReached() {
            super("step limit reached", null, false, false);
        }
    }

    @Override
    public char charAt(int index) {
        steps++;
        if (steps % CHARS_PER_COUNT == 0) {
            Steps.take(stepsPerCount);
        }
        if (steps > stepsMax) {
            throw new LimitReached();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}

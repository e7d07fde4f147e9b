package io.smilodon.query.predicate.regex;

/** A text that counts how often an engine looks at it, up to a limit. Not thread-safe. */
final class CountedText implements CharSequence {

    private final String text;
    private final int stepsMax;
    private int steps;

    CountedText(String text, int stepsMax) {
        this.text = text;
        this.stepsMax = stepsMax;
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

package io.smilodon.engine.value;

/**
 * A regular expression as stored: never compiled by being a value. Options are in alphabetical
 * order.
 */
public record RegexValue(String pattern, String options) implements Value {

    @Override
    public ValueType type() {
        return ValueType.REGEX;
    }

    @Override
    public String toString() {
        return ValueText.of(this);
    }
}

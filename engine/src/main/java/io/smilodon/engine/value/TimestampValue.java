package io.smilodon.engine.value;

/**
 * A BSON timestamp. Both parts are unsigned 32-bit numbers.
 *
 * @param seconds seconds since 1970
 * @param increment ordinal within the second
 */
public record TimestampValue(int seconds, int increment) implements Value {

    @Override
    public ValueType type() {
        return ValueType.TIMESTAMP;
    }

    /** Both parts as one unsigned 64-bit number, seconds first: timestamps order by it. */
    public long toUnsignedLong() {
        return (long) seconds << 32 | Integer.toUnsignedLong(increment);
    }

    @Override
    public String toString() {
        return ValueText.of(this);
    }
}

package io.smilodon.engine.codec;

import io.smilodon.engine.entry.KeyHead;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueType;
import java.util.Arrays;

/**
 * What a stored document has at a path, to be looked at where it lies, without making a value of
 * it. A {@link FieldWalk} moves one on from field to field. Not thread-safe.
 */
public final class StoredValue {

    private static final int ABSENT = -1;
    private static final int THROUGH_ARRAY = -2;

    /** A tagged binary of the length of a date: the tag and eight bytes. */
    private static final int DATE_LENGTH = 0x80 | 1 + Long.BYTES;

    private SmileNavigator navigator;
    private byte[] bytes = {};
    private int position = ABSENT;
    private int depth;
    private int token;

    void beginIn(SmileNavigator document) {
        navigator = document;
        bytes = document.bytes();
    }

    void found(int place, int level) {
        position = place;
        depth = level;
        token = bytes[place] & 0xFF;
    }

    void absent() {
        position = ABSENT;
        token = SmileFormat.END_OBJECT;
    }

    void throughArray() {
        position = THROUGH_ARRAY;
        token = SmileFormat.END_OBJECT;
    }

    /** What sort of value it is, as far as it can be compared here. */
    public enum Kind {
        /** Nothing: the path does not lead to a value. */
        ABSENT,
        /** The path leads through an array, which may hold any number of values; see there. */
        THROUGH_ARRAY,
        /** An int32 or an int64. */
        INTEGER,
        DOUBLE,
        STRING,
        DATE,
        /** A document or an array. */
        CONTAINER,
        /** Any other value. */
        OTHER
    }

    public Kind kind() {
        if (token >= SmileFormat.SHORT_ASCII && token < SmileFormat.SMALL_INT) {
            return Kind.STRING;
        }
        if (token >= SmileFormat.SMALL_INT && token < SmileFormat.LONG_ASCII) {
            return Kind.INTEGER;
        }
        return switch (token) {
            case SmileFormat.INT32, SmileFormat.INT64 -> Kind.INTEGER;
            case SmileFormat.DOUBLE -> Kind.DOUBLE;
            case SmileFormat.EMPTY_STRING, SmileFormat.LONG_ASCII, SmileFormat.LONG_UNICODE ->
                    Kind.STRING;
            case SmileFormat.START_OBJECT, SmileFormat.START_ARRAY -> Kind.CONTAINER;
            case SmileFormat.RAW_BINARY -> isDate() ? Kind.DATE : Kind.OTHER;
            case SmileFormat.END_OBJECT -> position == ABSENT ? Kind.ABSENT : Kind.THROUGH_ARRAY;
            default -> Kind.OTHER;
        };
    }

    private boolean isDate() {
        return navigator.end() - position > 2 + Long.BYTES
                && bytes[position + 1] == (byte) DATE_LENGTH
                && bytes[position + 2] == ValueType.DATE.code();
    }

    /** The value, {@link Missing} if there is none; not to be asked for behind an array. */
    public Value value() {
        if (position == THROUGH_ARRAY) {
            throw new AssertionError("there may be many");
        }
        return position == ABSENT ? Missing.INSTANCE : navigator.read(position, depth);
    }

    /** An integer. */
    public long integer() {
        return navigator.integer(position, end());
    }

    /** A double. */
    public double number() {
        return navigator.number(position);
    }

    /** Milliseconds of a date. */
    public long epochMillis() {
        return KeyHead.of(bytes, position + 3);
    }

    /** Compares a string, by code point, with another of which the UTF-8 form is given. */
    public int compareText(byte[] utf8) {
        return Arrays.compareUnsigned(bytes, textStart(), textEnd(), utf8, 0, utf8.length);
    }

    private int textStart() {
        return position + 1;
    }

    private int textEnd() {
        boolean isTerminated = token == SmileFormat.LONG_ASCII || token == SmileFormat.LONG_UNICODE;
        return isTerminated ? end() - 1 : end();
    }

    /** The bytes that all places that this names lie in. */
    byte[] bytes() {
        return bytes;
    }

    int position() {
        return position;
    }

    /** The place behind the value. */
    private int end() {
        return navigator.skip(position, depth);
    }
}

package io.smilodon.engine.codec;

import io.smilodon.engine.entry.KeyHead;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueType;
import java.nio.ByteBuffer;
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

    /** No value begins like this. */
    private static final byte[] NOTHING = {(byte) SmileFormat.END_OBJECT};

    private SmileNavigator navigator;
    private byte[] bytes = {};
    private int position = ABSENT;
    private int depth;
    private int token;

    /**
     * @param place where the value is, at the level of the container that it stands in
     */
    void found(StoredExtent place) {
        navigator = place.navigator();
        bytes = place.bytes();
        position = place.start();
        depth = place.depth();
        token = bytes[position] & 0xFF;
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
        INT32,
        INT64,
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
            return Kind.INT32;
        }
        return switch (token) {
            case SmileFormat.INT32 -> Kind.INT32;
            case SmileFormat.INT64 -> Kind.INT64;
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

    /**
     * The value, {@link Missing} if there is none; not to be asked for behind an array. It may be a
     * view of the document, for who does not keep it.
     */
    public Value view() {
        if (position == THROUGH_ARRAY) {
            throw new AssertionError("there may be many");
        }
        return position == ABSENT ? Missing.INSTANCE : navigator.read(position, depth);
    }

    /** The same with bytes of its own. */
    public Value value() {
        boolean mayBeView =
                token == SmileFormat.START_OBJECT
                        || token == SmileFormat.START_ARRAY
                        || token == SmileFormat.RAW_BINARY;
        if (!mayBeView) {
            return view();
        }
        byte[] own = Arrays.copyOfRange(bytes, position, end());
        return new SmileNavigator(own, own.length).read(0, depth);
    }

    /**
     * Appends the value as it is stored, or a mark for none.
     *
     * @return whether there was room for it; not so behind an array
     */
    public boolean appendTo(ByteBuffer target) {
        if (position == THROUGH_ARRAY) {
            return false;
        }
        if (position == ABSENT) {
            return append(target, NOTHING, 0, NOTHING.length);
        }
        return append(target, bytes, position, end() - position);
    }

    private static boolean append(ByteBuffer target, byte[] source, int from, int count) {
        if (count > target.remaining()) {
            return false;
        }
        target.put(source, from, count);
        return true;
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

    /** The place behind the value. */
    private int end() {
        return navigator.skip(position, depth);
    }
}

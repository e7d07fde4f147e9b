package io.smilodon.engine.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that grow. Not thread-safe. */
final class ByteSink {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes;
    private int length;

    ByteSink(int capacity) {
        bytes = new byte[capacity];
    }

    void putByte(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    void putInt(int value) {
        reserve(Integer.BYTES);
        INT.set(bytes, length, value);
        length += Integer.BYTES;
    }

    void putLong(long value) {
        reserve(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
    }

    /** The highest bytes, up to eight. */
    void putHighest(long value, int count) {
        reserve(Long.BYTES);
        LONG.set(bytes, length, value);
        length += count;
    }

    void put(byte[] source) {
        reserve(source.length);
        System.arraycopy(source, 0, bytes, length, source.length);
        length += source.length;
    }

    void put(byte[] source, int from, int to) {
        reserve(to - from);
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
    }

    /** Text if every character is ASCII, without end; whether that was so. */
    boolean putIfAscii(String text) {
        int count = text.length();
        reserve(count);
        int bits = 0;
        for (int i = 0; i < count; i++) {
            char unit = text.charAt(i);
            bytes[length + i] = (byte) unit;
            bits |= unit;
        }
        if (bits >= 0x80) {
            return false;
        }
        length += count;
        return true;
    }

    /** The lowest bits, seven in a byte, most significant first. */
    void putSevens(long bits, int count) {
        reserve(count);
        for (int i = count - 1; i >= 0; i--) {
            bytes[length++] = (byte) (bits >>> 7 * i & 0x7F);
        }
    }

    /** Text in UTF-8, without end. */
    void putUtf8(String text) {
        reserve((int) Math.min(Integer.MAX_VALUE - 16L, 3L * text.length()));
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit < 0x80) {
                bytes[length++] = (byte) unit;
            } else if (Character.isSurrogate(unit)) {
                putPair(text, i++);
            } else {
                putBeyondAscii(unit);
            }
        }
    }

    /** Text in UTF-8 with its end marked and escaped so that the mark is unique. */
    void putText(String text) {
        int plain = putPlain(text);
        reserve((int) Math.min(Integer.MAX_VALUE - 16L, 3L * (text.length() - plain) + 1));
        for (int i = plain; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit > 1 && unit < 0x80) {
                bytes[length++] = (byte) unit;
            } else if (Character.isSurrogate(unit)) {
                putPair(text, i++);
            } else {
                putOther(unit);
            }
        }
        bytes[length++] = KeyFormat.END;
    }

    /** Puts the characters that it begins with and that are a byte each; returns how many. */
    private int putPlain(String text) {
        reserve(text.length() + 1);
        byte[] target = bytes;
        int start = length;
        int count = 0;
        for (; count < text.length(); count++) {
            char unit = text.charAt(count);
            if (unit <= 1 || unit >= 0x80) {
                break;
            }
            target[start + count] = (byte) unit;
        }
        length = start + count;
        return count;
    }

    private void putOther(char unit) {
        if (unit <= 1) {
            bytes[length++] = KeyFormat.ESCAPE;
            bytes[length++] = (byte) (unit == 0 ? KeyFormat.ESCAPED_ZERO : KeyFormat.ESCAPED_ONE);
        } else {
            putBeyondAscii(unit);
        }
    }

    private void putBeyondAscii(char unit) {
        if (unit < 0x800) {
            bytes[length++] = (byte) (0xC0 | unit >> 6);
            bytes[length++] = (byte) (0x80 | unit & 0x3F);
        } else {
            bytes[length++] = (byte) (0xE0 | unit >> 12);
            bytes[length++] = (byte) (0x80 | unit >> 6 & 0x3F);
            bytes[length++] = (byte) (0x80 | unit & 0x3F);
        }
    }

    private void putPair(String text, int index) {
        int point = text.codePointAt(index);
        if (!Character.isSupplementaryCodePoint(point)) {
            throw Utf8.unencodable();
        }
        bytes[length++] = (byte) (0xF0 | point >> 18);
        bytes[length++] = (byte) (0x80 | point >> 12 & 0x3F);
        bytes[length++] = (byte) (0x80 | point >> 6 & 0x3F);
        bytes[length++] = (byte) (0x80 | point & 0x3F);
    }

    /** Inverts the bits of everything from the position on. */
    void invertFrom(int start) {
        for (int i = start; i < length; i++) {
            bytes[i] = (byte) ~bytes[i];
        }
    }

    /** A copy of everything from the position on. */
    byte[] bytesFrom(int start) {
        return Arrays.copyOfRange(bytes, start, length);
    }

    int length() {
        return length;
    }

    /** How many bytes there is room for. */
    int capacity() {
        return bytes.length;
    }

    /** Takes back what stands behind the position. */
    void cut(int position) {
        length = position;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            int doubled = (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 16);
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), doubled));
        }
    }
}

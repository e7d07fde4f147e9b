package io.smilodon.engine.value;

import java.util.Arrays;

/** Bytes with a subtype. The array is not copied: neither side may change it. */
public record BinaryValue(byte subtype, byte[] bytes) implements Value {

    @Override
    public ValueType type() {
        return ValueType.BINARY;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BinaryValue that
                && subtype == that.subtype
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(bytes) + subtype;
    }

    @Override
    public String toString() {
        return ValueText.of(this);
    }
}

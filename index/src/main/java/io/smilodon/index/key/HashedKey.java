package io.smilodon.index.key;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.CodeValue;
import io.smilodon.engine.value.CodeWithScopeValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.DbPointerValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.MaxKey;
import io.smilodon.engine.value.MinKey;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.SymbolValue;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The key of a value in a hashed index, as MongoDB computes it: the first eight bytes, the lowest
 * first, of the MD5 of
 *
 * <pre>
 * hashed := seed i32 (zero) | element
 * element := rank i32 | name cstring (inside documents and arrays) | content
 * content := the BSON form of the value; of a number its integral part i64;
 *            of a document or an array its elements, and the rank of "end" (zero)
 * </pre>
 *
 * with little-endian integers. Numbers that are equal in their integral part have one key. MongoDB
 * uses MD5 here to spread keys, not to protect anything. Not thread-safe.
 */
public final class HashedKey {

    private static final DoubleValue PAST_LONGS = new DoubleValue(0x1p63);
    private static final int SEED = 0;
    private static final int END = 0;
    private static final byte BINARY_OF_OLD = 2;

    private final MessageDigest digest;

    private HashedKey() {
        try {
            digest = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has MD5", e);
        }
    }

    /** The key; an absent value has that of null. */
    public static long of(Value value) {
        HashedKey key = new HashedKey();
        key.addInt(SEED);
        key.addInt(rank(value));
        key.addContent(value);
        byte[] sum = key.digest.digest();
        return ByteBuffer.wrap(sum).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    /** MongoDB's number of a type in the order of types. */
    private static int rank(Value value) {
        return switch (value) {
            case MinKey same -> -1;
            case UndefinedValue same -> 0;
            case Missing none -> 5;
            case NullValue same -> 5;
            case NumberValue number -> 10;
            case StringValue string -> 15;
            case SymbolValue symbol -> 15;
            case Document document -> 20;
            case ArrayValue array -> 25;
            case BinaryValue binary -> 30;
            case ObjectId id -> 35;
            case BooleanValue bool -> 40;
            case DateValue date -> 45;
            case TimestampValue timestamp -> 47;
            case RegexValue regex -> 50;
            case DbPointerValue pointer -> 55;
            case CodeValue code -> 60;
            case CodeWithScopeValue code -> 65;
            case MaxKey same -> 127;
        };
    }

    private void addContent(Value value) {
        switch (value) {
            case NumberValue number -> addLong(integralPart(number));
            case StringValue string -> addString(string.value());
            case SymbolValue symbol -> addString(symbol.value());
            case Document document -> addFields(document);
            case ArrayValue array -> addElements(array);
            case BinaryValue binary -> addBinary(binary);
            case ObjectId id -> addId(id);
            case BooleanValue bool -> digest.update((byte) (bool.value() ? 1 : 0));
            case DateValue date -> addLong(date.epochMillis());
            case TimestampValue timestamp -> addLong(timestamp.toUnsignedLong());
            case RegexValue regex -> {
                addName(regex.pattern());
                addName(regex.options());
            }
            case DbPointerValue pointer -> {
                addString(pointer.namespace());
                addId(pointer.id());
            }
            case CodeValue code -> addString(code.code());
            case CodeWithScopeValue code -> {
                addName(code.code());
                addFields(code.scope());
            }
            case MinKey none -> {}
            case MaxKey none -> {}
            case Missing none -> {}
            case NullValue none -> {}
            case UndefinedValue none -> {}
        }
    }

    /**
     * Cut off after the point and at the ends of a long. MongoDB hashes the double 2^63 as -2^63;
     * so must be every number that is equal to it.
     */
    private static long integralPart(NumberValue number) {
        long cut = number.toLong();
        boolean isPastLongs =
                cut == Long.MAX_VALUE && ValueOrder.ASCENDING.compare(number, PAST_LONGS) == 0;
        return isPastLongs ? Long.MIN_VALUE : cut;
    }

    private void addFields(Document document) {
        for (Field field : document) {
            addElement(field.name(), field.value());
        }
        addInt(END);
    }

    private void addElements(ArrayValue array) {
        int index = 0;
        for (Value element : array) {
            addElement(Integer.toString(index++), element);
        }
        addInt(END);
    }

    private void addElement(String name, Value value) {
        addInt(rank(value));
        addName(name);
        addContent(value);
    }

    private void addBinary(BinaryValue binary) {
        int length = binary.bytes().length;
        boolean isOld = binary.subtype() == BINARY_OF_OLD;
        addInt(isOld ? length + Integer.BYTES : length);
        digest.update(binary.subtype());
        if (isOld) {
            addInt(length);
        }
        digest.update(binary.bytes());
    }

    private void addId(ObjectId id) {
        digest.update(HexFormat.of().parseHex(id.toHex()));
    }

    private void addString(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        addInt(bytes.length + 1);
        digest.update(bytes);
        digest.update((byte) 0);
    }

    private void addName(String name) {
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private void addInt(int number) {
        addLowBytes(number, Integer.BYTES);
    }

    private void addLong(long number) {
        addLowBytes(number, Long.BYTES);
    }

    private void addLowBytes(long number, int count) {
        for (int i = 0; i < count; i++) {
            digest.update((byte) (number >>> i * Byte.SIZE));
        }
    }
}

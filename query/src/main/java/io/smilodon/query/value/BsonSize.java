package io.smilodon.query.value;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.CodeValue;
import io.smilodon.engine.value.CodeWithScopeValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.DbPointerValue;
import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
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

/** How many bytes values have in BSON, exactly. Source: the BSON specification, bsonspec.org. */
public final class BsonSize {

    private static final int INT_BYTES = 4;
    private static final int LONG_BYTES = 8;
    private static final int DECIMAL_BYTES = 16;
    private static final int ID_BYTES = 12;
    private static final byte BINARY_OF_OLD = 2;

    private BsonSize() {}

    /** The size of a document: its length, its elements and a zero byte. */
    public static long of(Document document) {
        long bytes = INT_BYTES + 1;
        for (Field field : document) {
            bytes += 1 + cstring(field.name()) + content(field.value());
        }
        return bytes;
    }

    private static long of(ArrayValue array) {
        long bytes = INT_BYTES + 1;
        int index = 0;
        for (Value element : array) {
            bytes += 1 + cstring(Integer.toString(index++)) + content(element);
        }
        return bytes;
    }

    private static long content(Value value) {
        return switch (value) {
            case NumberValue number -> number(number);
            case StringValue string -> string(string.value());
            case SymbolValue symbol -> string(symbol.value());
            case CodeValue code -> string(code.code());
            case CodeWithScopeValue code -> INT_BYTES + string(code.code()) + of(code.scope());
            case Document document -> of(document);
            case ArrayValue array -> of(array);
            case BinaryValue binary -> binary(binary);
            case ObjectId id -> ID_BYTES;
            case DbPointerValue pointer -> string(pointer.namespace()) + ID_BYTES;
            case BooleanValue bool -> 1;
            case DateValue date -> LONG_BYTES;
            case TimestampValue timestamp -> LONG_BYTES;
            case RegexValue regex -> cstring(regex.pattern()) + cstring(regex.options());
            case MinKey none -> 0;
            case MaxKey none -> 0;
            case Missing none -> 0;
            case NullValue none -> 0;
            case UndefinedValue none -> 0;
        };
    }

    private static int number(NumberValue number) {
        return switch (number) {
            case Int32Value integer -> INT_BYTES;
            case Int64Value integer -> LONG_BYTES;
            case DoubleValue real -> LONG_BYTES;
            case Decimal128 decimal -> DECIMAL_BYTES;
        };
    }

    private static long binary(BinaryValue binary) {
        int inner = binary.subtype() == BINARY_OF_OLD ? INT_BYTES : 0;
        return INT_BYTES + 1 + inner + (long) binary.bytes().length;
    }

    private static long string(String text) {
        return INT_BYTES + cstring(text);
    }

    private static long cstring(String text) {
        return utf8(text) + 1;
    }

    /** The number of bytes of a text in UTF-8. */
    public static long utf8(String text) {
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit >= 0x80) {
                // Each half of a surrogate pair stands for two of its four bytes.
                bytes += unit < 0x800 || Character.isSurrogate(unit) ? 1 : 2;
            }
        }
        return bytes;
    }
}

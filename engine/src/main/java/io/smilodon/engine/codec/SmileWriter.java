package io.smilodon.engine.codec;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
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
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.SymbolValue;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes documents; the format is in {@link DocumentCodec}. Not thread-safe. */
final class SmileWriter {

    private static final int DOCUMENT_CAPACITY = 1 << 10;
    private static final int VALUE_CAPACITY = 1 << 6;
    private static final int ID_BYTES = 12;

    private final ByteSink out;

    private SmileWriter(int capacity) {
        out = new ByteSink(capacity);
    }

    static SmileWriter ofDocument() {
        return new SmileWriter(DOCUMENT_CAPACITY);
    }

    /** How many bytes it has room for. */
    int capacity() {
        return out.capacity();
    }

    /** One value of an outermost document. */
    static byte[] value(Value value) {
        SmileWriter writer = new SmileWriter(VALUE_CAPACITY);
        writer.writeValue(value, 1);
        return writer.out.toBytes();
    }

    /** One field of an outermost document. */
    static byte[] field(String name, Value value) {
        SmileWriter writer = new SmileWriter(VALUE_CAPACITY);
        writer.writeName(name);
        writer.writeValue(value, 1);
        return writer.out.toBytes();
    }

    /** A field's name. */
    static byte[] name(String name) {
        SmileWriter writer = new SmileWriter(VALUE_CAPACITY);
        writer.writeName(name);
        return writer.out.toBytes();
    }

    /** The bytes of one document; what was written before is forgotten. */
    byte[] write(Document document) {
        out.cut(0);
        writeDocument(document, 1);
        return out.toBytes();
    }

    private void writeValue(Value value, int depth) {
        if (value instanceof StringValue string) { // the most common types cost one comparison
            writeString(string.value());
        } else if (value instanceof Int32Value number) {
            writeInt32(number.value());
        } else if (value instanceof DoubleValue number) {
            writeDouble(number.value());
        } else {
            writeOther(value, depth);
        }
    }

    private void writeOther(Value value, int depth) {
        switch (value) {
            case Document document -> writeDocument(document, depth + 1);
            case ArrayValue array -> writeArray(array, depth + 1);
            case StringValue string -> writeString(string.value());
            case Int32Value number -> writeInt32(number.value());
            case Int64Value number -> writeInt64(number.value());
            case DoubleValue number -> writeDouble(number.value());
            case BooleanValue bool ->
                    out.putByte(bool.value() ? SmileFormat.TRUE : SmileFormat.FALSE);
            case NullValue none -> out.putByte(SmileFormat.NULL);
            case ObjectId id -> {
                tag(ValueType.OBJECT_ID, ID_BYTES);
                putId(id);
            }
            case DateValue date -> {
                tag(ValueType.DATE, Long.BYTES);
                out.putLong(date.epochMillis());
            }
            case TimestampValue timestamp -> {
                tag(ValueType.TIMESTAMP, Long.BYTES);
                out.putLong(timestamp.toUnsignedLong());
            }
            case Decimal128 number -> {
                tag(ValueType.DECIMAL128, 2 * Long.BYTES);
                out.putLong(number.high());
                out.putLong(number.low());
            }
            case BinaryValue binary -> writeBinary(binary);
            case RegexValue regex -> writeRegex(regex);
            case DbPointerValue pointer -> writePointer(pointer);
            case CodeValue code -> writeText(ValueType.CODE, code.code());
            case SymbolValue symbol -> writeText(ValueType.SYMBOL, symbol.value());
            case CodeWithScopeValue code -> writeScopedCode(code, depth);
            case UndefinedValue undefined -> tag(ValueType.UNDEFINED, 0);
            case MinKey key -> tag(ValueType.MIN_KEY, 0);
            case MaxKey key -> tag(ValueType.MAX_KEY, 0);
            case Missing missing ->
                    throw new IllegalArgumentException("an absent value cannot be stored");
        }
    }

    private void writeDocument(Document document, int depth) {
        checkDepth(depth);
        if (document instanceof StoredDocument stored) {
            copy(stored.extent(), depth);
            return;
        }
        out.putByte(SmileFormat.START_OBJECT);
        int fields = 0;
        for (Field field : document) {
            if (++fields > Limits.FIELDS_MAX) {
                throw tooMany("Too many fields in one document", "fieldsMax", Limits.FIELDS_MAX);
            }
            writeName(field.name());
            writeValue(field.value(), depth);
            checkSize(0);
        }
        out.putByte(SmileFormat.END_OBJECT);
        checkSize(0);
    }

    private void writeArray(ArrayValue array, int depth) {
        checkDepth(depth);
        if (array instanceof StoredArray stored) {
            copy(stored.extent(), depth);
            return;
        }
        out.putByte(SmileFormat.START_ARRAY);
        int elements = 0;
        for (Value element : array) {
            if (++elements > Limits.ARRAY_ITEMS_MAX) {
                throw tooMany(
                        "Too many elements in one array", "elementsMax", Limits.ARRAY_ITEMS_MAX);
            }
            writeValue(element, depth);
            checkSize(0);
        }
        out.putByte(SmileFormat.END_ARRAY);
    }

    private static SmilodonException tooMany(String what, String limit, int max) {
        return new SmilodonException(ErrorCode.OBJECT_TOO_LARGE, what, Map.of(limit, max));
    }

    private void copy(StoredExtent extent, int depth) {
        if (depth > extent.depth()) {
            checkDepth(depth + extent.levels() - 1);
        }
        int stop = extent.end();
        checkSize(stop - extent.start());
        out.put(extent.bytes(), extent.start(), stop);
    }

    private static void checkDepth(int depth) {
        if (depth > Limits.NESTING_MAX) {
            throw new SmilodonException(
                    ErrorCode.OVERFLOW,
                    "Documents and arrays are nested too deeply",
                    Map.of("levelsMax", Limits.NESTING_MAX));
        }
    }

    /** Called before much is written, so that no more is allocated than a document may have. */
    private void checkSize(long more) {
        if (out.length() + more > Limits.DOCUMENT_BYTES_MAX) {
            throw tooLarge();
        }
    }

    static SmilodonException tooLarge() {
        return new SmilodonException(
                ErrorCode.OBJECT_TOO_LARGE,
                "Document is too large",
                Map.of("bytesMax", Limits.DOCUMENT_BYTES_MAX));
    }

    private void writeName(String name) {
        NameTable.Name known = NameTable.find(name);
        if (known.isKnown()) {
            known.appendTo(out);
            return;
        }
        if (name.indexOf('\0') >= 0) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE, "Field names cannot contain NUL", Map.of("field", name));
        }
        checkSize(name.length());
        boolean ascii = Utf8.isAscii(name);
        int length = ascii ? name.length() : (int) Utf8.length(name);
        if (length == 0) {
            out.putByte(SmileFormat.NAME_EMPTY);
        } else if (ascii && length <= SmileFormat.NAME_ASCII_MAX) {
            int start = out.length();
            out.putByte(SmileFormat.NAME_ASCII + length - 1);
            out.putUtf8(name);
            NameTable.add(name, out.bytesFrom(start));
        } else if (!ascii && length <= SmileFormat.NAME_UNICODE_MAX) {
            out.putByte(SmileFormat.NAME_UNICODE + length - SmileFormat.NAME_UNICODE_MIN);
            out.putUtf8(name);
        } else {
            out.putByte(SmileFormat.NAME_LONG);
            out.putUtf8(name);
            out.putByte(SmileFormat.END_OF_TEXT);
        }
    }

    private void writeString(String text) {
        checkSize(text.length());
        boolean isWritten =
                text.length() <= SmileFormat.SHORT_ASCII_MAX
                        ? writeShortAscii(text)
                        : writeLongAscii(text);
        if (!isWritten) {
            writeUnicode(text);
        }
    }

    /** Whether the text was ASCII and has been written. */
    private boolean writeShortAscii(String text) {
        if (text.isEmpty()) {
            out.putByte(SmileFormat.EMPTY_STRING);
            return true;
        }
        int start = out.length();
        out.putByte(SmileFormat.SHORT_ASCII + text.length() - 1);
        if (out.putIfAscii(text)) {
            return true;
        }
        out.cut(start);
        return false;
    }

    private boolean writeLongAscii(String text) {
        byte[] ascii = Utf8.asciiOrNothing(text);
        if (ascii.length == 0) {
            return false;
        }
        out.putByte(SmileFormat.LONG_ASCII);
        out.put(ascii);
        out.putByte(SmileFormat.END_OF_TEXT);
        return true;
    }

    private void writeUnicode(String text) {
        int length = (int) Utf8.length(text);
        checkSize(length);
        if (length <= SmileFormat.SHORT_UNICODE_MAX) {
            out.putByte(SmileFormat.SHORT_UNICODE + length - SmileFormat.SHORT_UNICODE_MIN);
            out.putUtf8(text);
        } else {
            out.putByte(SmileFormat.LONG_UNICODE);
            out.putUtf8(text);
            out.putByte(SmileFormat.END_OF_TEXT);
        }
    }

    private void writeInt32(int number) {
        int zigzag = number << 1 ^ number >> 31;
        if (number >= SmileFormat.SMALL_INT_MIN && number <= SmileFormat.SMALL_INT_MAX) {
            out.putByte(SmileFormat.SMALL_INT + zigzag);
        } else {
            out.putByte(SmileFormat.INT32);
            putVint(Integer.toUnsignedLong(zigzag), 1);
        }
    }

    private void writeInt64(long number) {
        out.putByte(SmileFormat.INT64);
        // Smile promises readers at least five bytes here.
        putVint(number << 1 ^ number >> 63, SmileFormat.INT64_BYTES_MIN);
    }

    /** Seven bits in a byte, most significant first; six in the last, which is marked. */
    private void putVint(long unsigned, int bytesMin) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(unsigned);
        int leadingBytes = Math.max(bytesMin - 1, bits / 7);
        for (int i = leadingBytes - 1; i >= 0; i--) {
            out.putByte((int) (unsigned >>> 6 + 7 * i) & 0x7F);
        }
        out.putByte((int) unsigned & 0x3F | 0x80);
    }

    private void writeDouble(double number) {
        out.putByte(SmileFormat.DOUBLE);
        out.putSevens(Double.doubleToRawLongBits(number), SmileFormat.DOUBLE_BYTES);
    }

    private void tag(ValueType type, int contentLength) {
        checkSize(contentLength);
        out.putByte(SmileFormat.RAW_BINARY);
        putVint(contentLength + 1L, 1);
        out.putByte(type.code());
    }

    private void putId(ObjectId id) {
        out.putInt(id.seconds());
        out.putInt(id.random());
        out.putInt(id.counter());
    }

    private void writeBinary(BinaryValue binary) {
        tag(ValueType.BINARY, 1 + binary.bytes().length);
        out.putByte(binary.subtype());
        out.put(binary.bytes());
    }

    private void writeText(ValueType type, String text) {
        byte[] bytes = utf8(text);
        tag(type, bytes.length);
        out.put(bytes);
    }

    private void writeRegex(RegexValue regex) {
        byte[] pattern = utf8(regex.pattern());
        byte[] options = utf8(regex.options());
        tag(ValueType.REGEX, Integer.BYTES + pattern.length + options.length);
        out.putInt(pattern.length);
        out.put(pattern);
        out.put(options);
    }

    private void writePointer(DbPointerValue pointer) {
        byte[] namespace = utf8(pointer.namespace());
        tag(ValueType.DB_POINTER, ID_BYTES + namespace.length);
        putId(pointer.id());
        out.put(namespace);
    }

    private void writeScopedCode(CodeWithScopeValue code, int depth) {
        SmileWriter inner = new SmileWriter(VALUE_CAPACITY);
        inner.writeDocument(code.scope(), depth + 2);
        byte[] text = utf8(code.code());
        byte[] scope = inner.out.toBytes();
        tag(ValueType.CODE_WITH_SCOPE, Integer.BYTES + text.length + scope.length);
        out.putInt(text.length);
        out.put(text);
        out.put(scope);
    }

    private byte[] utf8(String text) {
        checkSize(text.length());
        if (Utf8.indexOfLoneSurrogate(text) >= 0) {
            throw Utf8.unencodable();
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

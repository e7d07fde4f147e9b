package io.smilodon.engine.codec;

import com.fasterxml.jackson.core.JsonGenerator;
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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/** Writes values as JSON of one mode. Not thread-safe. */
final class JsonWriter {

    private final JsonGenerator out;
    private final JsonMode mode;
    private final boolean plain;

    JsonWriter(JsonGenerator out, JsonMode mode) {
        this.out = out;
        this.mode = mode;
        this.plain = mode == JsonMode.PLAIN;
    }

    void write(Value value) throws IOException {
        switch (value) {
            case Document document -> writeDocument(document);
            case ArrayValue array -> writeArray(array);
            case StringValue string -> out.writeString(string.value());
            case Int32Value number -> writeInt32(number);
            case Int64Value number -> writeInt64(number);
            case DoubleValue number -> writeDouble(number);
            case Decimal128 number -> writeDecimal(number);
            case BooleanValue bool -> out.writeBoolean(bool.value());
            case NullValue none -> out.writeNull();
            case ObjectId id -> writeText("$oid", id.toHex());
            case DateValue date -> writeDate(date);
            case BinaryValue binary -> writeBinary(binary);
            case TimestampValue timestamp -> writeTimestamp(timestamp);
            case RegexValue regex -> writeRegex(regex);
            case SymbolValue symbol -> writeText("$symbol", symbol.value());
            case CodeValue code -> writeText("$code", code.code());
            case CodeWithScopeValue code -> writeScopedCode(code);
            case DbPointerValue pointer -> writeDbPointer(pointer);
            case UndefinedValue undefined -> writeUndefined();
            case MinKey key -> writeKey("$minKey", "MinKey");
            case MaxKey key -> writeKey("$maxKey", "MaxKey");
            case Missing missing ->
                    throw new IllegalArgumentException("an absent value has no JSON form");
        }
    }

    private void writeDocument(Document document) throws IOException {
        out.writeStartObject();
        for (Field field : document) {
            out.writeFieldName(field.name());
            write(field.value());
        }
        out.writeEndObject();
    }

    private void writeArray(ArrayValue array) throws IOException {
        out.writeStartArray();
        for (Value element : array) {
            write(element);
        }
        out.writeEndArray();
    }

    private void writeInt32(Int32Value number) throws IOException {
        if (mode == JsonMode.CANONICAL) {
            writeText("$numberInt", Integer.toString(number.value()));
        } else {
            out.writeNumber(number.value());
        }
    }

    private void writeInt64(Int64Value number) throws IOException {
        if (mode == JsonMode.CANONICAL) {
            writeText("$numberLong", Long.toString(number.value()));
        } else {
            out.writeNumber(number.value());
        }
    }

    private void writeDouble(DoubleValue number) throws IOException {
        if (mode == JsonMode.CANONICAL || !Double.isFinite(number.value())) {
            writeText("$numberDouble", Double.toString(number.value()));
        } else {
            out.writeNumber(number.value());
        }
    }

    private void writeDecimal(Decimal128 number) throws IOException {
        if (plain && number.isFinite()) {
            out.writeNumber(number.toString());
        } else {
            writeText("$numberDecimal", number.toString());
        }
    }

    private void writeDate(DateValue date) throws IOException {
        boolean readable = mode == JsonMode.RELAXED && JsonDates.isReadable(date);
        if (plain || readable) {
            writeText("$date", JsonDates.format(date));
            return;
        }
        out.writeStartObject();
        out.writeFieldName("$date");
        writeText("$numberLong", Long.toString(date.epochMillis()));
        out.writeEndObject();
    }

    private void writeBinary(BinaryValue binary) throws IOException {
        String base64 = Base64.getEncoder().encodeToString(binary.bytes());
        if (plain) {
            out.writeString(isUuid(binary) ? uuid(binary.bytes()) : base64);
            return;
        }
        out.writeStartObject();
        out.writeObjectFieldStart("$binary");
        out.writeStringField("base64", base64);
        out.writeStringField("subType", String.format("%02x", binary.subtype()));
        out.writeEndObject();
        out.writeEndObject();
    }

    private static boolean isUuid(BinaryValue binary) {
        return binary.subtype() == 4 && binary.bytes().length == 16;
    }

    private static String uuid(byte[] bytes) {
        ByteBuffer words = ByteBuffer.wrap(bytes);
        return new UUID(words.getLong(), words.getLong()).toString();
    }

    private void writeTimestamp(TimestampValue timestamp) throws IOException {
        startWrapper("$timestamp");
        out.writeNumberField("t", Integer.toUnsignedLong(timestamp.seconds()));
        out.writeNumberField("i", Integer.toUnsignedLong(timestamp.increment()));
        endWrapper();
    }

    private void writeRegex(RegexValue regex) throws IOException {
        if (plain) {
            out.writeString("/" + regex.pattern() + "/" + regex.options());
            return;
        }
        startWrapper("$regularExpression");
        out.writeStringField("pattern", regex.pattern());
        out.writeStringField("options", regex.options());
        endWrapper();
    }

    private void writeScopedCode(CodeWithScopeValue code) throws IOException {
        if (plain) {
            out.writeString(code.code());
            return;
        }
        out.writeStartObject();
        out.writeStringField("$code", code.code());
        out.writeFieldName("$scope");
        writeDocument(code.scope());
        out.writeEndObject();
    }

    private void writeDbPointer(DbPointerValue pointer) throws IOException {
        startWrapper("$dbPointer");
        out.writeStringField("$ref", pointer.namespace());
        out.writeFieldName("$id");
        writeText("$oid", pointer.id().toHex());
        endWrapper();
    }

    private void writeUndefined() throws IOException {
        if (plain) {
            out.writeNull();
            return;
        }
        out.writeStartObject();
        out.writeBooleanField("$undefined", true);
        out.writeEndObject();
    }

    private void writeKey(String wrapper, String plainName) throws IOException {
        if (plain) {
            out.writeString(plainName);
            return;
        }
        out.writeStartObject();
        out.writeNumberField(wrapper, 1);
        out.writeEndObject();
    }

    private void writeText(String wrapper, String text) throws IOException {
        if (plain) {
            out.writeString(text);
            return;
        }
        out.writeStartObject();
        out.writeStringField(wrapper, text);
        out.writeEndObject();
    }

    /** A wrapper around an object; plain JSON keeps the object only. */
    private void startWrapper(String wrapper) throws IOException {
        if (!plain) {
            out.writeStartObject();
            out.writeFieldName(wrapper);
        }
        out.writeStartObject();
    }

    private void endWrapper() throws IOException {
        out.writeEndObject();
        if (!plain) {
            out.writeEndObject();
        }
    }
}

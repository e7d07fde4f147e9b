package io.smilodon.wire;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.CodeValue;
import io.smilodon.engine.value.CodeWithScopeValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.DbPointerValue;
import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.MaxKey;
import io.smilodon.engine.value.MinKey;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.SymbolValue;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.BsonBinary;
import org.bson.BsonBinaryReader;
import org.bson.BsonDbPointer;
import org.bson.BsonRegularExpression;
import org.bson.BsonTimestamp;
import org.bson.BsonType;

/** Reads documents of a message. */
final class BsonInput {

    private BsonInput() {}

    /**
     * Reads the document at the position of the buffer, and moves behind it.
     *
     * @throws SmilodonException {@code InvalidBSON} and the other codes of {@link BsonStructure};
     *     {@code BadValue} if a name stands twice in a document
     */
    static Document next(ByteBuffer bytes) {
        return next(bytes, Allowance.unlimited());
    }

    /**
     * The same.
     *
     * @param allowance of which its values are taken
     * @throws SmilodonException {@code ExceededMemoryLimit} (146) too
     */
    static Document next(ByteBuffer bytes, Allowance allowance) {
        int end = BsonStructure.check(bytes, allowance);
        ByteBuffer own = bytes.slice(bytes.position(), end - bytes.position());
        bytes.position(end);
        try (BsonBinaryReader reader = new BsonBinaryReader(own)) {
            return document(reader);
        }
    }

    private static Document document(BsonBinaryReader reader) {
        DocumentBuilder builder = Document.builder();
        reader.readStartDocument();
        for (BsonType type = reader.readBsonType();
                type != BsonType.END_OF_DOCUMENT;
                type = reader.readBsonType()) {
            String name = reader.readName();
            if (builder.has(name)) {
                throw new SmilodonException(
                        ErrorCode.BAD_VALUE,
                        "A name stands twice in a document",
                        Map.of("name", name));
            }
            builder.put(name, value(type, reader));
        }
        reader.readEndDocument();
        return builder.build();
    }

    private static ArrayValue array(BsonBinaryReader reader) {
        List<Value> elements = new ArrayList<>();
        reader.readStartArray();
        for (BsonType type = reader.readBsonType();
                type != BsonType.END_OF_DOCUMENT;
                type = reader.readBsonType()) {
            elements.add(value(type, reader));
        }
        reader.readEndArray();
        return ArrayValue.of(elements);
    }

    private static Value value(BsonType type, BsonBinaryReader reader) {
        return switch (type) {
            case DOUBLE -> Value.of(reader.readDouble());
            case STRING -> Value.of(reader.readString());
            case DOCUMENT -> document(reader);
            case ARRAY -> array(reader);
            case BINARY -> binary(reader.readBinaryData());
            case UNDEFINED -> {
                reader.readUndefined();
                yield UndefinedValue.INSTANCE;
            }
            case OBJECT_ID -> ObjectId.ofBytes(reader.readObjectId().toByteArray());
            case BOOLEAN -> Value.of(reader.readBoolean());
            case DATE_TIME -> new DateValue(reader.readDateTime());
            case NULL -> {
                reader.readNull();
                yield NullValue.INSTANCE;
            }
            case REGULAR_EXPRESSION -> regex(reader.readRegularExpression());
            case DB_POINTER -> pointer(reader.readDBPointer());
            case JAVASCRIPT -> new CodeValue(reader.readJavaScript());
            case SYMBOL -> new SymbolValue(reader.readSymbol());
            case JAVASCRIPT_WITH_SCOPE ->
                    new CodeWithScopeValue(reader.readJavaScriptWithScope(), document(reader));
            case INT32 -> Value.of(reader.readInt32());
            case TIMESTAMP -> timestamp(reader.readTimestamp());
            case INT64 -> Value.of(reader.readInt64());
            case DECIMAL128 -> decimal(reader.readDecimal128());
            case MIN_KEY -> {
                reader.readMinKey();
                yield MinKey.INSTANCE;
            }
            case MAX_KEY -> {
                reader.readMaxKey();
                yield MaxKey.INSTANCE;
            }
            case END_OF_DOCUMENT -> throw new AssertionError("the loop ends there");
        };
    }

    private static Value binary(BsonBinary written) {
        return new BinaryValue(written.getType(), written.getData());
    }

    private static Value regex(BsonRegularExpression written) {
        return new RegexValue(written.getPattern(), written.getOptions());
    }

    private static Value pointer(BsonDbPointer written) {
        return new DbPointerValue(
                written.getNamespace(), ObjectId.ofBytes(written.getId().toByteArray()));
    }

    private static Value timestamp(BsonTimestamp written) {
        return new TimestampValue(written.getTime(), written.getInc());
    }

    private static Value decimal(org.bson.types.Decimal128 written) {
        return new Decimal128(written.getHigh(), written.getLow());
    }
}

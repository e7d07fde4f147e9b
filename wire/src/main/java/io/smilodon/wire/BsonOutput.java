package io.smilodon.wire;

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
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.SymbolValue;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import java.util.Map;
import java.util.function.IntConsumer;
import org.bson.BsonBinary;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDbPointer;
import org.bson.BsonRegularExpression;
import org.bson.BsonTimestamp;
import org.bson.io.BasicOutputBuffer;

/** Writes documents into a message. */
final class BsonOutput {

    private final BasicOutputBuffer output;
    private final BsonBinaryWriter writer;

    private final IntConsumer growth;

    private BsonOutput(BasicOutputBuffer output, BsonBinaryWriter writer, IntConsumer growth) {
        this.output = output;
        this.writer = writer;
        this.growth = growth;
    }

    /**
     * Appends a document.
     *
     * @throws org.bson.BsonSerializationException for a name with a zero character: BSON cannot
     *     have it
     * @throws SmilodonException {@code BSONObjectTooLarge} for more than a message may be
     */
    static void append(Document document, BasicOutputBuffer output) {
        append(document, output, bytes -> {});
    }

    /**
     * The same.
     *
     * @param growth is told after each value how much is there; it may throw to end it
     */
    static void append(Document document, BasicOutputBuffer output, IntConsumer growth) {
        try (BsonBinaryWriter writer = new BsonBinaryWriter(output)) {
            new BsonOutput(output, writer, growth).document(document);
        }
    }

    private void document(Document document) {
        writer.writeStartDocument();
        for (Field field : document) {
            writer.writeName(field.name());
            value(field.value());
            checkSize();
        }
        writer.writeEndDocument();
    }

    private void array(ArrayValue array) {
        writer.writeStartArray();
        for (Value element : array) {
            value(element);
            checkSize();
        }
        writer.writeEndArray();
    }

    /** Some values are much larger than they are in store. */
    private void checkSize() {
        if (output.getSize() > Message.BYTES_MAX - Message.HEADER_BYTES) {
            throw new SmilodonException(
                            ErrorCode.OBJECT_TOO_LARGE,
                            "The answer is larger as BSON than a message may be",
                            Map.of("limit", Message.BYTES_MAX))
                    .withHint("ask for fewer fields, or the REST interface");
        }
        growth.accept(output.getSize());
    }

    private void value(Value value) {
        switch (value) {
            case NumberValue number -> number(number);
            case StringValue text -> writer.writeString(text.value());
            case Document document -> document(document);
            case ArrayValue array -> array(array);
            case BinaryValue binary ->
                    writer.writeBinaryData(new BsonBinary(binary.subtype(), binary.bytes()));
            case UndefinedValue undefined -> writer.writeUndefined();
            case ObjectId id -> writer.writeObjectId(id(id));
            case BooleanValue flag -> writer.writeBoolean(flag.value());
            case DateValue date -> writer.writeDateTime(date.epochMillis());
            case NullValue nothing -> writer.writeNull();
            case RegexValue regex ->
                    writer.writeRegularExpression(
                            new BsonRegularExpression(regex.pattern(), regex.options()));
            case DbPointerValue pointer ->
                    writer.writeDBPointer(new BsonDbPointer(pointer.namespace(), id(pointer.id())));
            case CodeValue code -> writer.writeJavaScript(code.code());
            case SymbolValue symbol -> writer.writeSymbol(symbol.value());
            case CodeWithScopeValue code -> {
                writer.writeJavaScriptWithScope(code.code());
                document(code.scope());
            }
            case TimestampValue time ->
                    writer.writeTimestamp(new BsonTimestamp(time.seconds(), time.increment()));
            case MinKey least -> writer.writeMinKey();
            case MaxKey greatest -> writer.writeMaxKey();
            case Missing missing -> throw new AssertionError("documents hold nothing missing");
        }
    }

    private void number(NumberValue number) {
        switch (number) {
            case DoubleValue wide -> writer.writeDouble(wide.value());
            case Int32Value whole -> writer.writeInt32(whole.value());
            case Int64Value whole -> writer.writeInt64(whole.value());
            case Decimal128 decimal ->
                    writer.writeDecimal128(
                            org.bson.types.Decimal128.fromIEEE754BIDEncoding(
                                    decimal.high(), decimal.low()));
        }
    }

    private static org.bson.types.ObjectId id(ObjectId id) {
        return new org.bson.types.ObjectId(id.toBytes());
    }
}

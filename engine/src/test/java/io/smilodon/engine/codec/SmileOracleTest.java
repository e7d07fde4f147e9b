package io.smilodon.engine.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;
import com.fasterxml.jackson.dataformat.smile.SmileGenerator;
import com.fasterxml.jackson.dataformat.smile.SmileParser;
import io.smilodon.engine.testing.RandomValues;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.engine.value.ValueType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

/** Jackson's implementation of Smile reads what ours writes, and the other way round. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SmileOracleTest {

    private static final int HEADER_BYTES = 4;

    private static final SmileFactory JACKSON =
            SmileFactory.builder()
                    .disable(SmileParser.Feature.REQUIRE_HEADER)
                    .disable(SmileGenerator.Feature.ENCODE_BINARY_AS_7BIT)
                    .disable(SmileGenerator.Feature.CHECK_SHARED_NAMES)
                    .disable(SmileGenerator.Feature.CHECK_SHARED_STRING_VALUES)
                    .build();

    @RepeatedTest(100)
    void jackson_reads_stored_documents() throws IOException {
        long seed = Seeds.next();
        RandomValues values = new RandomValues(seed);
        for (int i = 0; i < 20; i++) {
            Document document = values.nextDocument();
            try (JsonParser parser = JACKSON.createParser(DocumentCodec.encode(document))) {
                parser.nextToken();
                assertReads(document, parser, seed);
                assertNull(parser.nextToken(), () -> "seed " + seed);
            }
        }
    }

    private static void assertReads(Value value, JsonParser parser, long seed) throws IOException {
        switch (value) {
            case Document document -> {
                assertEquals(JsonToken.START_OBJECT, parser.currentToken(), () -> "seed " + seed);
                for (Field field : document) {
                    assertEquals(field.name(), parser.nextFieldName(), () -> "seed " + seed);
                    parser.nextToken();
                    assertReads(field.value(), parser, seed);
                }
                assertEquals(JsonToken.END_OBJECT, parser.nextToken(), () -> "seed " + seed);
            }
            case ArrayValue array -> {
                assertEquals(JsonToken.START_ARRAY, parser.currentToken(), () -> "seed " + seed);
                for (Value element : array) {
                    parser.nextToken();
                    assertReads(element, parser, seed);
                }
                assertEquals(JsonToken.END_ARRAY, parser.nextToken(), () -> "seed " + seed);
            }
            case StringValue string ->
                    assertEquals(string.value(), parser.getText(), () -> "seed " + seed);
            case Int32Value number -> {
                assertEquals(JsonParser.NumberType.INT, parser.getNumberType());
                assertEquals(number.value(), parser.getIntValue(), () -> "seed " + seed);
            }
            case Int64Value number -> {
                assertEquals(JsonParser.NumberType.LONG, parser.getNumberType());
                assertEquals(number.value(), parser.getLongValue(), () -> "seed " + seed);
            }
            case DoubleValue number ->
                    assertEquals(
                            Double.doubleToRawLongBits(number.value()),
                            Double.doubleToRawLongBits(parser.getDoubleValue()),
                            () -> "seed " + seed);
            case BooleanValue bool -> assertEquals(bool.value(), parser.getBooleanValue());
            case NullValue none -> assertEquals(JsonToken.VALUE_NULL, parser.currentToken());
            default ->
                    assertEquals(
                            (byte) value.type().code(),
                            parser.getBinaryValue()[0],
                            () -> "seed " + seed);
        }
    }

    @RepeatedTest(100)
    void what_jackson_writes_is_read_as_a_stored_document() throws IOException {
        long seed = Seeds.next();
        RandomValues values = new RandomValues(seed);
        for (int i = 0; i < 20; i++) {
            Document document = values.nextDocument();
            ByteArrayOutputStream jackson = new ByteArrayOutputStream();
            try (SmileGenerator out = JACKSON.createGenerator(jackson)) {
                write(document, out);
            }
            byte[] bytes = jackson.toByteArray();
            Document read = DocumentCodec.decode(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
            // Jackson writes small int64 as int32.
            assertEquals(0, ValueOrder.ASCENDING.compare(document, read), () -> "seed " + seed);
        }
    }

    private static void write(Value value, SmileGenerator out) throws IOException {
        switch (value) {
            case Document document -> {
                out.writeStartObject();
                for (Field field : document) {
                    out.writeFieldName(field.name());
                    write(field.value(), out);
                }
                out.writeEndObject();
            }
            case ArrayValue array -> {
                out.writeStartArray();
                for (Value element : array) {
                    write(element, out);
                }
                out.writeEndArray();
            }
            case StringValue string -> out.writeString(string.value());
            case Int32Value number -> out.writeNumber(number.value());
            case Int64Value number -> out.writeNumber(number.value());
            case DoubleValue number -> out.writeNumber(number.value());
            case BooleanValue bool -> out.writeBoolean(bool.value());
            case NullValue none -> out.writeNull();
            default -> out.writeBinary(tagged(value));
        }
    }

    /** The tagged form, cut out of a stored document; Jackson knows nothing of our tags. */
    private static byte[] tagged(Value value) {
        byte[] bytes = DocumentCodec.encode(Document.of("", value));
        int start = 3;
        while (bytes[start] >= 0) {
            start++;
        }
        byte[] content = java.util.Arrays.copyOfRange(bytes, start + 1, bytes.length - 1);
        assertEquals(value.type() == ValueType.MIN_KEY ? -1 : value.type().code(), content[0]);
        return content;
    }
}

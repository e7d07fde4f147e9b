package io.smilodon.engine.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Map;

/**
 * What {@link ExtendedJson} is, in Smile, the binary form of JSON: with a header, without
 * back-references. Types that JSON lacks stand in the same wrappers.
 *
 * <p>Read are numbers as the types that they are, longer ones as doubles, and binary data of seven
 * bits a byte as {@link BinaryValue} of subtype 0. Refused is what {@link ExtendedJson} refuses,
 * and what {@link SmileCheck} does; errors tell the offset of the byte. Stateless.
 *
 * <p>Source: Smile format specification 1.0.6.
 */
public final class ExtendedSmile {

    private ExtendedSmile() {}

    /**
     * Reads the body of a request: a document that may hold other documents.
     *
     * @throws SmilodonException as {@link ExtendedJson#readBody}
     */
    public static Document readBody(byte[] smile) {
        try (JsonParser parser = parser(smile)) {
            JsonReader reader = new JsonReader(parser, JsonReader.UNCOUNTED);
            try {
                return reader.document(reader.next());
            } catch (JsonProcessingException e) {
                throw reader.malformed(e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads an array of documents, or one alone. */
    public static DocumentReader readDocuments(byte[] smile) {
        return new DocumentReader(parser(smile));
    }

    /** Whether it begins as an array does; it need not be sound. */
    public static boolean isArray(byte[] smile) {
        return SmileCheck.isArray(smile);
    }

    private static JsonParser parser(byte[] smile) {
        if (smile.length > Limits.REQUEST_BODY_BYTES_MAX) {
            throw new SmilodonException(
                    ErrorCode.OBJECT_TOO_LARGE,
                    "Document is too large",
                    Map.of("bytesMax", Limits.REQUEST_BODY_BYTES_MAX));
        }
        SmileCheck.check(smile);
        try {
            return JsonFactories.SMILE.createParser(smile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a value with its header. */
    public static byte[] write(Value value, JsonMode mode) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = new Generator(JsonFactories.SMILE.createGenerator(bytes))) {
            new JsonWriter(out, mode).write(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Takes numbers that are written out, as a text does. */
    private static final class Generator extends JsonGeneratorDelegate {

        Generator(JsonGenerator smile) {
            super(smile);
        }

        @Override
        public void writeNumber(String number) throws IOException {
            writeNumber(new BigDecimal(number));
        }
    }
}

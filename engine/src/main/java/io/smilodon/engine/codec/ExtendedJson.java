package io.smilodon.engine.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.util.Map;

/**
 * MongoDB's Extended JSON v2: reads both of its forms, writes either, and plain JSON.
 *
 * <p>A number without wrapper is an int32 if it is an integer that fits, else an int64, else a
 * double. Refused, each with line, column and JSON Pointer: malformed text, text after the value,
 * duplicate names, half surrogate pairs and invalid type wrappers ({@link
 * ErrorCode#FAILED_TO_PARSE}), nesting over {@link Limits#NESTING_MAX} ({@link ErrorCode#OVERFLOW})
 * and texts over {@link Limits#DOCUMENT_BYTES_MAX} ({@link ErrorCode#OBJECT_TOO_LARGE}). Stateless.
 *
 * <p>Source: MongoDB's Extended JSON specification, version 2.
 */
public final class ExtendedJson {

    private ExtendedJson() {}

    /** Reads one document. Its top level is never a type wrapper. */
    public static Document readDocument(String json) {
        checkLength(json, Limits.DOCUMENT_BYTES_MAX);
        return readText(json, ExtendedJson::documentOf);
    }

    /**
     * Reads one document as people type it, into the address line of a browser too: names may have
     * no quotes, and names and strings single ones. All else is as strict.
     */
    public static Document readTypedDocument(String json) {
        checkLength(json, Limits.DOCUMENT_BYTES_MAX);
        return readText(JsonFactories.TYPED, json, ExtendedJson::documentOf);
    }

    /** Reads one document of UTF-8. */
    public static Document readDocument(byte[] json) {
        return readBytes(json, Limits.DOCUMENT_BYTES_MAX);
    }

    /** Reads one document of UTF-8 to the end of the stream, which stays open. */
    public static Document readDocument(InputStream json) {
        try {
            return readDocument(json.readNBytes(Limits.DOCUMENT_BYTES_MAX + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads the body of a request: a document that may hold other documents, each of them no larger
     * than a document may be, and so may itself be larger: {@link Limits#REQUEST_BODY_BYTES_MAX}.
     */
    public static Document readBody(byte[] json) {
        return readBytes(json, Limits.REQUEST_BODY_BYTES_MAX);
    }

    /** Reads one value of any type. */
    public static Value readValue(String json) {
        checkLength(json, Limits.DOCUMENT_BYTES_MAX);
        return readText(json, reader -> reader.value(reader.next(), 1));
    }

    /** Reads one array, which may be as large as a request. */
    public static ArrayValue readArray(String json) {
        checkLength(json, Limits.REQUEST_BODY_BYTES_MAX);
        Value value = readText(json, reader -> reader.value(reader.next(), 1));
        if (value instanceof ArrayValue array) {
            return array;
        }
        throw new SmilodonException(
                ErrorCode.FAILED_TO_PARSE,
                "Expected a JSON array",
                Map.of("found", value.type().alias()));
    }

    /** Reads a stream of documents in UTF-8: an array of them, or NDJSON. */
    public static DocumentReader readDocuments(InputStream json) {
        return new DocumentReader(json);
    }

    public static String write(Value value, JsonMode mode) {
        StringWriter text = new StringWriter();
        write(value, mode, text);
        return text.toString();
    }

    /** Writes on many lines, indented by two spaces. */
    public static String writePretty(Value value, JsonMode mode) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JsonFactories.TEXT.createGenerator(text)) {
            out.setPrettyPrinter(new DefaultPrettyPrinter());
            new JsonWriter(out, mode).write(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Writes to a writer, which stays open. */
    public static void write(Value value, JsonMode mode, Writer target) {
        try (JsonGenerator out = JsonFactories.TEXT.createGenerator(target)) {
            new JsonWriter(out, mode).write(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes UTF-8 to a stream, which stays open. */
    public static void write(Value value, JsonMode mode, OutputStream target) {
        try (JsonGenerator out = JsonFactories.TEXT.createGenerator(target)) {
            new JsonWriter(out, mode).write(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Document readBytes(byte[] json, int bytesMax) {
        if (json.length > bytesMax) {
            throw tooLarge(bytesMax);
        }
        try {
            return readText(Utf8.decodeStrictly(json), ExtendedJson::documentOf);
        } catch (CharacterCodingException e) {
            throw new SmilodonException(ErrorCode.FAILED_TO_PARSE, "Text is not UTF-8")
                    .at(Location.ROOT);
        }
    }

    private static Document documentOf(JsonReader reader) throws IOException {
        JsonToken first = reader.next();
        return reader.document(first);
    }

    private static <T> T readText(String json, Content<T> content) {
        return readText(JsonFactories.TEXT, json, content);
    }

    private static <T> T readText(JsonFactory form, String json, Content<T> content) {
        try (JsonParser parser = form.createParser(json)) {
            JsonReader reader = new JsonReader(parser, JsonReader.UNCOUNTED);
            try {
                T result = content.read(reader);
                reader.expectEnd();
                return result;
            } catch (JsonProcessingException e) {
                throw reader.malformed(e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void checkLength(String json, int bytesMax) {
        if (json.length() > bytesMax / 3 && Utf8.length(json) > bytesMax) {
            throw tooLarge(bytesMax);
        }
    }

    private static SmilodonException tooLarge(int bytesMax) {
        return new SmilodonException(
                ErrorCode.OBJECT_TOO_LARGE, "Document is too large", Map.of("bytesMax", bytesMax));
    }

    private interface Content<T> {
        T read(JsonReader reader) throws IOException;
    }
}

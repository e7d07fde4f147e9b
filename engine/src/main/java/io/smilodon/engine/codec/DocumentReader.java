package io.smilodon.engine.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Reads the documents of a stream one at a time: an array of documents, or documents one after the
 * other with white space between them (NDJSON). Holds one document at a time. Refuses what {@link
 * ExtendedJson} refuses, with the place in the stream; after an error it is at its end. Closing it
 * leaves the stream open. Not thread-safe.
 */
public final class DocumentReader implements Iterator<Document>, AutoCloseable {

    private final JsonParser parser;
    private final JsonReader reader;
    private boolean started;
    private boolean inArray;
    private JsonToken ahead;

    DocumentReader(InputStream json) {
        this(textParser(json));
    }

    /** Takes the parser over. */
    DocumentReader(JsonParser parser) {
        this.parser = parser;
        this.reader = new JsonReader(parser, Limits.DOCUMENT_BYTES_MAX);
    }

    private static JsonParser textParser(InputStream json) {
        try {
            // Jackson's own decoder lets overlong forms pass, so that two texts could mean one
            // name.
            return JsonFactories.STREAM.createParser(Utf8.strictReader(json));
        } catch (CharacterCodingException e) {
            throw new SmilodonException(ErrorCode.FAILED_TO_PARSE, "Text is not UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @throws SmilodonException if the stream is malformed here
     * @throws UncheckedIOException if the stream cannot be read
     */
    @Override
    public boolean hasNext() {
        if (!started) {
            started = true;
            ahead = token();
            inArray = ahead == JsonToken.START_ARRAY;
            if (inArray) {
                ahead = token();
            }
        }
        if (inArray && ahead == JsonToken.END_ARRAY) {
            inArray = false;
            ahead = null;
            read(
                    () -> {
                        reader.expectEnd();
                        return null;
                    });
        }
        return ahead != null;
    }

    @Override
    public Document next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        JsonToken first = ahead;
        ahead = null;
        Document document = read(() -> reader.document(first));
        ahead = token();
        return document;
    }

    private JsonToken token() {
        reader.startValue();
        return read(reader::next);
    }

    private <T> T read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (JsonProcessingException e) {
            throw reader.malformed(e);
        } catch (CharacterCodingException e) {
            throw reader.malformedUtf8();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Reading<T> {
        T read() throws IOException;
    }
}

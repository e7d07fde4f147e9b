package io.smilodon.engine.codec;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadCapability;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.CodeWithScopeValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Turns Jackson's tokens into values and its errors into ours. Not thread-safe. */
final class JsonReader {

    /**
     * For a text whose length is known to be allowed: asking the parser costs an object a token.
     */
    static final long UNCOUNTED = Long.MAX_VALUE;

    private final JsonParser parser;
    private final long charsMax;

    /** Whether numbers have a type already, and need not be told from their text. */
    private final boolean isExact;

    private long start;

    /** Set while a document below the deepest level may still turn out to be part of a wrapper. */
    private SmilodonException tooDeep;

    /**
     * @param charsMax the longest text of one value; longer ones are refused while being read
     */
    JsonReader(JsonParser parser, long charsMax) {
        this.parser = parser;
        this.charsMax = charsMax;
        this.isExact = parser.getReadCapabilities().isEnabled(StreamReadCapability.EXACT_FLOATS);
    }

    /** The next token, or null at the end of the text: Jackson's own convention, kept inside. */
    JsonToken next() throws IOException {
        JsonToken token = parser.nextToken();
        if (charsMax != UNCOUNTED && offset() - start > charsMax) {
            throw failure(ErrorCode.OBJECT_TOO_LARGE, "Document is too large")
                    .with("charsMax", charsMax)
                    .build();
        }
        return token;
    }

    /** From here on the size of the next value is counted. */
    void startValue() {
        start = offset();
    }

    private long offset() {
        JsonLocation place = parser.currentLocation();
        return Math.max(place.getCharOffset(), place.getByteOffset()); // one is unknown: -1
    }

    /** The document that starts with the token; it is never a type wrapper itself. */
    Document document(JsonToken token) throws IOException {
        if (token != JsonToken.START_OBJECT) {
            throw failure(ErrorCode.FAILED_TO_PARSE, "Expected a JSON object")
                    .with("found", token == null ? "the end of the text" : describe(token))
                    .build();
        }
        Document document = object(1);
        checkContentDepth(1);
        return document;
    }

    Value value(JsonToken token, int depth) throws IOException {
        if (token == null) {
            throw failure(ErrorCode.FAILED_TO_PARSE, "Unexpected end of JSON text").build();
        }
        return switch (token) {
            case START_OBJECT -> wrappedOrDocument(depth);
            case START_ARRAY -> array(depth);
            case VALUE_STRING -> new StringValue(text());
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> fraction();
            case VALUE_TRUE -> Value.of(true);
            case VALUE_FALSE -> Value.of(false);
            case VALUE_NULL -> NullValue.INSTANCE;
            case VALUE_EMBEDDED_OBJECT -> new BinaryValue((byte) 0, parser.getBinaryValue());
            default -> throw new AssertionError("a value cannot start with " + token);
        };
    }

    private Value wrappedOrDocument(int depth) throws IOException {
        Document document = object(depth);
        Value value;
        try {
            value = TypeWrappers.unwrap(document);
        } catch (SmilodonException e) {
            throw e.at(e.location().map(this::below).orElseGet(this::location));
        }
        if (value instanceof Document || value instanceof CodeWithScopeValue) {
            checkContentDepth(depth);
        } else {
            tooDeep = null;
        }
        return value;
    }

    private void checkContentDepth(int depth) {
        if (depth > Limits.NESTING_MAX) {
            tooDeep = nestedTooDeeply();
        } else if (tooDeep != null) {
            throw tooDeep;
        }
    }

    private Document object(int depth) throws IOException {
        checkDepth(depth, JsonFactories.READ_DEPTH_MAX);
        DocumentBuilder fields = Document.builder();
        while (next() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            checkName(name, fields);
            fields.put(name, value(next(), depth + 1));
        }
        return fields.build();
    }

    private void checkName(String name, DocumentBuilder fields) throws IOException {
        if (fields.has(name)) {
            throw failure(ErrorCode.FAILED_TO_PARSE, "Duplicate field name")
                    .with("field", name)
                    .build();
        }
        if (name.indexOf('\0') >= 0) {
            throw failure(ErrorCode.FAILED_TO_PARSE, "Field names cannot contain NUL").build();
        }
        checkSurrogates(name);
        if (fields.size() == Limits.FIELDS_MAX) {
            throw failure(ErrorCode.OBJECT_TOO_LARGE, "Too many fields in one document")
                    .with("fieldsMax", Limits.FIELDS_MAX)
                    .build();
        }
    }

    private Value array(int depth) throws IOException {
        checkDepth(depth, Limits.NESTING_MAX);
        List<Value> elements = new ArrayList<>();
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
            if (elements.size() == Limits.ARRAY_ITEMS_MAX) {
                throw failure(ErrorCode.OBJECT_TOO_LARGE, "Too many elements in one array")
                        .with("elementsMax", Limits.ARRAY_ITEMS_MAX)
                        .build();
            }
            elements.add(value(token, depth + 1));
        }
        checkContentDepth(depth);
        return ArrayValue.of(elements);
    }

    private void checkDepth(int depth, int depthMax) {
        if (depth > depthMax) {
            throw nestedTooDeeply();
        }
    }

    private SmilodonException nestedTooDeeply() {
        return failure(ErrorCode.OVERFLOW, "Documents and arrays are nested too deeply")
                .with("levelsMax", Limits.NESTING_MAX)
                .build();
    }

    private String text() throws IOException {
        String text = parser.getText();
        checkSurrogates(text);
        return text;
    }

    /** Half of a surrogate pair has no UTF-8 form: it could not be stored as it came. */
    private void checkSurrogates(String text) {
        if (Utf8.indexOfLoneSurrogate(text) >= 0) {
            throw failure(ErrorCode.FAILED_TO_PARSE, "Text holds half of a surrogate pair").build();
        }
    }

    private Value integer() throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> new Int32Value(parser.getIntValue());
            case LONG -> new Int64Value(parser.getLongValue());
            default -> fraction();
        };
    }

    private Value fraction() throws IOException {
        NumberType type = parser.getNumberType();
        if (isExact && (type == NumberType.FLOAT || type == NumberType.DOUBLE)) {
            return new DoubleValue(parser.getDoubleValue());
        }
        double number = Double.parseDouble(parser.getText());
        if (Double.isInfinite(number)) {
            throw failure(ErrorCode.FAILED_TO_PARSE, "Number is too large for a double")
                    .with("number", parser.getText())
                    .build();
        }
        return new DoubleValue(number);
    }

    void expectEnd() throws IOException {
        JsonToken token = next();
        if (token != null) {
            throw failure(ErrorCode.FAILED_TO_PARSE, "Unexpected text after the JSON value")
                    .with("found", describe(token))
                    .build();
        }
    }

    private static String describe(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            default -> token.name().replace("VALUE_", "").toLowerCase(Locale.ROOT);
        };
    }

    SmilodonException malformedUtf8() {
        return failure(ErrorCode.FAILED_TO_PARSE, "Text is not UTF-8").build();
    }

    /** Jackson's complaint as one of ours. */
    SmilodonException malformed(JsonProcessingException problem) {
        String reason =
                problem.getOriginalMessage().replaceAll("\\s*\\((start marker )?at \\[.*", "");
        ErrorCode code =
                problem instanceof StreamConstraintsException
                                && reason.startsWith("Document length")
                        ? ErrorCode.OBJECT_TOO_LARGE
                        : ErrorCode.FAILED_TO_PARSE;
        return failure(code, "Malformed JSON").with("reason", reason).build();
    }

    private Failure failure(ErrorCode code, String template) {
        return new Failure(code, template, location(), parser.currentLocation());
    }

    private Location location() {
        return location(parser.getParsingContext());
    }

    private static Location location(JsonStreamContext context) {
        if (context == null) {
            return Location.ROOT;
        }
        Location parent = location(context.getParent());
        if (context.hasCurrentName()) {
            return parent.child(context.getCurrentName());
        }
        return context.inArray() && context.hasCurrentIndex()
                ? parent.child(context.getCurrentIndex())
                : parent;
    }

    private Location below(Location inner) {
        String field = inner.pointer().substring(1).replace("~1", "/").replace("~0", "~");
        return location().child(field);
    }

    /** Collects what an error says; line and column are those where reading stopped. */
    private static final class Failure {

        private final ErrorCode code;
        private final String template;
        private final Location location;
        private final Map<String, Object> details = new LinkedHashMap<>();
        private final JsonLocation place;

        Failure(ErrorCode code, String template, Location location, JsonLocation place) {
            this.code = code;
            this.template = template;
            this.location = location;
            this.place = place;
        }

        Failure with(String name, Object detail) {
            details.put(name, detail);
            return this;
        }

        SmilodonException build() {
            if (place.getLineNr() > 0) {
                details.put("line", place.getLineNr());
                details.put("column", place.getColumnNr());
            } else {
                details.put("offset", place.getByteOffset());
            }
            return new SmilodonException(code, template, details).at(location);
        }
    }
}

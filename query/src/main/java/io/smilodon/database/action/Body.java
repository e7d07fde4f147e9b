package io.smilodon.database.action;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The body of a request whose fields have been checked; absent ones have their defaults. */
public record Body(Document fields, Location location) {

    public boolean has(String name) {
        return fields.has(name);
    }

    /** Any value, {@code Missing} if it is not there. */
    public Value value(String name) {
        return fields.get(name);
    }

    /** Those of these fields that are there. */
    public Document only(Collection<String> names) {
        DocumentBuilder only = Document.builder();
        for (Field field : fields) {
            if (names.contains(field.name())) {
                only.put(field.name(), field.value());
            }
        }
        return only.build();
    }

    /** A document, empty if it is not there. */
    public Document document(String name) {
        return fields.get(name) instanceof Document document ? document : Document.EMPTY;
    }

    /** Whether a field says yes; a number does unless it is 0. */
    public boolean flag(String name, boolean otherwise) {
        return switch (fields.get(name)) {
            case BooleanValue flag -> flag.value();
            case NumberValue number -> number.toDouble() != 0;
            default -> otherwise;
        };
    }

    public Optional<String> text(String name) {
        return fields.get(name) instanceof StringValue text
                ? Optional.of(text.value())
                : Optional.empty();
    }

    /** A whole number, 0 if it is not there. */
    public long number(String name) {
        return fields.get(name) instanceof NumberValue number ? whole(name, number) : 0;
    }

    /** A number without what is behind its point, as MongoDB reads limits; 0 if not there. */
    public long truncated(String name) {
        return fields.get(name) instanceof NumberValue number ? number.toLong() : 0;
    }

    /** The same if it is there, no further from 0 than an int goes. */
    public OptionalInt count(String name) {
        if (!has(name)) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Math.clamp(truncated(name), Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    private long whole(String name, NumberValue number) {
        if (!number.isIntegral()) {
            throw new SmilodonException(
                            ErrorCode.FAILED_TO_PARSE,
                            "Expected an integer",
                            Map.of("field", name, "actual", number))
                    .at(location.child(name));
        }
        return number.toLong();
    }

    /**
     * The documents of an array.
     *
     * @throws SmilodonException {@code TypeMismatch} for an element that is none
     */
    public List<Document> documents(String name) {
        List<Document> documents = new ArrayList<>();
        if (fields.get(name) instanceof ArrayValue array) {
            for (Value element : array) {
                documents.add(documentOf(element, location.child(name).child(documents.size())));
            }
        }
        return documents;
    }

    private static Document documentOf(Value element, Location place) {
        if (element instanceof Document document) {
            return document;
        }
        throw new SmilodonException(
                        ErrorCode.TYPE_MISMATCH,
                        "An element of the array has the wrong type",
                        Map.of("actual", element.type().alias(), "expected", "object"))
                .at(place);
    }
}

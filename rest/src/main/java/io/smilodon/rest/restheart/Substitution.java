package io.smilodon.rest.restheart;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.BsonSize;
import java.util.Map;

/**
 * Puts the values of variables where documents name them: {@code {"$var": "name"}} or {@code
 * {"$var": ["name", default]}} stands for a value. A small document may name a large value often:
 * what is put in has at most {@link Limits#DOCUMENT_BYTES_MAX} bytes of BSON. One thread.
 */
final class Substitution {

    private static final String VARIABLE = "$var";

    private final Variables variables;
    private final Location place;
    private long bytes;

    /**
     * Nothing is put in yet.
     *
     * @param place where the documents stand, for errors
     */
    Substitution(Variables variables, Location place) {
        this.variables = variables;
        this.place = place;
    }

    /**
     * The document with values in it.
     *
     * @throws SmilodonException {@code BadValue} (2) that names a variable that has no value, or
     *     for a variable in place of the document that stands for something else; {@code
     *     BSONObjectTooLarge} (10334)
     */
    Document of(Document template) {
        if (fill(template) instanceof Document filled) {
            return filled;
        }
        throw wrong("A variable in place of a document has to be one");
    }

    private Value fill(Value template) {
        return switch (template) {
            case Document document -> fill(document);
            case ArrayValue array ->
                    ArrayValue.of(array.elements().stream().map(this::fill).toList());
            default -> template;
        };
    }

    private Value fill(Document document) {
        if (document.size() == 1 && document.has(VARIABLE)) {
            return counted(value(document.get(VARIABLE)));
        }
        DocumentBuilder filled = Document.builder();
        for (Field field : document) {
            filled.put(field.name(), fill(field.value()));
        }
        return filled.build();
    }

    private Value value(Value said) {
        return switch (said) {
            case StringValue name -> variables.get(name.value());
            case ArrayValue pair -> withDefault(pair);
            default -> throw unknown();
        };
    }

    private Value withDefault(ArrayValue pair) {
        if (pair.size() != 2 || !(pair.get(0) instanceof StringValue name)) {
            throw unknown();
        }
        Value given = variables.find(name.value());
        return given == Missing.INSTANCE ? pair.get(1) : given;
    }

    private Value counted(Value value) {
        bytes += BsonSize.of(Document.of("", value));
        if (bytes > Limits.DOCUMENT_BYTES_MAX) {
            throw new SmilodonException(
                            ErrorCode.OBJECT_TOO_LARGE,
                            "The values of variables are too large together",
                            Map.of("bytesMax", Limits.DOCUMENT_BYTES_MAX))
                    .at(place);
        }
        return value;
    }

    private SmilodonException unknown() {
        return wrong("$var is a name, or an array of a name and a default");
    }

    private SmilodonException wrong(String message) {
        return new SmilodonException(ErrorCode.BAD_VALUE, message).at(place);
    }
}

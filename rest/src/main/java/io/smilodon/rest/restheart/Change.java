package io.smilodon.rest.restheart;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import java.util.Map;

/** What a body changes, in MongoDB's terms. Pure functions. */
public final class Change {

    private static final String SET = "$set";
    private static final String CURRENT_DATE = "$currentDate";
    private static final String ID = "_id";

    private Change() {}

    /**
     * What PATCH does: operators are carried out, all other fields are set; a name with dots is a
     * path.
     */
    public static Document update(Document body) {
        DocumentBuilder operators = Document.builder();
        DocumentBuilder set = Document.builder();
        for (Field field : body) {
            if (!field.name().startsWith("$")) {
                set.put(field.name(), field.value());
            } else if (field.name().equals(SET) && field.value() instanceof Document fields) {
                set.putAll(fields);
            } else {
                operators.put(field.name(), field.value());
            }
        }
        Document fields = set.build();
        if (!fields.isEmpty()) {
            operators.put(SET, fields);
        }
        return operators.build();
    }

    /**
     * The document that PUT and POST store: the only operator is {@code $currentDate}.
     *
     * @throws SmilodonException {@code FailedToParse} (9) for others
     */
    public static Document document(Document body, DateValue now) {
        DocumentBuilder document = Document.builder();
        for (Field field : body) {
            if (field.name().equals(CURRENT_DATE)) {
                dates(field.value()).forEach(each -> document.put(each.name(), now));
            } else if (field.name().startsWith("$")) {
                throw operator(field.name());
            } else {
                document.put(field.name(), field.value());
            }
        }
        return document.build();
    }

    private static Document dates(Value wanted) {
        if (!(wanted instanceof Document fields)) {
            throw operator(CURRENT_DATE);
        }
        for (Field field : fields) {
            boolean isDate =
                    field.value().equals(BooleanValue.TRUE)
                            || field.value().equals(Document.of("$type", Value.of("date")));
            if (!isDate || field.name().contains(".")) {
                throw operator(CURRENT_DATE);
            }
        }
        return fields;
    }

    private static SmilodonException operator(String name) {
        return new SmilodonException(
                        ErrorCode.FAILED_TO_PARSE,
                        "A document that is stored as a whole cannot have this operator",
                        Map.of("operator", name))
                .at(Location.ROOT.child(name))
                .withHint(
                        "PATCH takes all operators; POST and PUT take"
                                + " {\"$currentDate\": {\"field\": true}}");
    }

    /**
     * The document with the {@code _id} of its path.
     *
     * @throws SmilodonException {@code ImmutableField} (66) if it has another one
     */
    public static Document withId(Document document, Value id) {
        if (document.has(ID) && !document.get(ID).equals(id)) {
            throw new SmilodonException(
                            ErrorCode.IMMUTABLE_FIELD,
                            "The _id in the body is not the one in the path",
                            Map.of("path", id, "body", document.get(ID)))
                    .at(Location.ROOT.child(ID));
        }
        return document.has(ID)
                ? document
                : Document.builder().put(ID, id).putAll(document).build();
    }
}

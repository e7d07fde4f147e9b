package io.smilodon.query.update;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What every document must satisfy to be stored: an {@code _id} that may be one, as its first
 * field. Field names with dots, and names starting with a dollar sign outside the {@code _id}, are
 * stored as they are (as in MongoDB since 5.0), though paths cannot reach them; updates by operator
 * and replacements refuse the latter.
 */
public final class DocumentRules {

    /** The name of the field that identifies a document. */
    public static final String ID = "_id";

    private DocumentRules() {}

    /** The document as it is inserted: with a new {@code _id} if it has none, and that first. */
    public static Document forInsert(Document document, Location location) {
        checkId(document, location);
        Value id = document.get(ID);
        return withIdFirst(document, id == Missing.INSTANCE ? ObjectId.next() : id);
    }

    /** Refuses an {@code _id} of a type that cannot be one; a document without is fine. */
    public static void checkId(Document document, Location location) {
        switch (document.get(ID)) {
            case ArrayValue array -> throw invalid("array", location);
            case RegexValue regex -> throw invalid("regex", location);
            case UndefinedValue undefined -> throw invalid("undefined", location);
            case Document id -> checkIdFields(id, location.child(ID));
            default -> {
                // Any other type may be an _id.
            }
        }
    }

    private static SmilodonException invalid(String type, Location location) {
        return new SmilodonException(
                        ErrorCode.INVALID_ID_FIELD,
                        "The '_id' value cannot be of this type",
                        Map.of("actual", type))
                .at(location.child(ID));
    }

    /** However deep; the parts of a reference to a document may begin with a dollar sign. */
    private static void checkIdFields(Document part, Location location) {
        int ofReference = referenceFields(part);
        int position = 0;
        for (Field field : part) {
            Location place = location.child(field.name());
            if (field.name().startsWith("$") && position >= ofReference) {
                throw new SmilodonException(
                                ErrorCode.DOLLAR_PREFIXED_FIELD_NAME,
                                "_id fields may not contain '$'-prefixed fields",
                                Map.of("field", field.name()))
                        .at(place);
            }
            checkIdPart(field.value(), place);
            position++;
        }
    }

    private static void checkIdPart(Value value, Location location) {
        if (value instanceof Document inner) {
            checkIdFields(inner, location);
        } else if (value instanceof ArrayValue elements) {
            for (int i = 0; i < elements.size(); i++) {
                checkIdPart(elements.get(i), location.child(i));
            }
        }
    }

    /** How many fields at the beginning are those of a reference: {@code $ref, $id, $db}. */
    private static int referenceFields(Document part) {
        List<String> names = new ArrayList<>();
        part.forEach(field -> names.add(field.name()));
        boolean isReference =
                names.size() > 1
                        && names.subList(0, 2).equals(List.of("$ref", "$id"))
                        && part.get("$ref") instanceof StringValue;
        if (!isReference) {
            return 0;
        }
        boolean hasDatabase =
                names.size() > 2
                        && names.get(2).equals("$db")
                        && part.get("$db") instanceof StringValue;
        return hasDatabase ? 3 : 2;
    }

    static Document withIdFirst(Document document, Value id) {
        Iterator<Field> fields = document.iterator();
        if (fields.hasNext() && fields.next().equals(new Field(ID, id))) {
            return document;
        }
        return Document.builder().put(ID, id).putAll(document).put(ID, id).build();
    }
}

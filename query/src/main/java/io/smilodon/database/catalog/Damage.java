package io.smilodon.database.catalog;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.Map;

/** Reads fields of the catalog, which are of their types unless the catalog is damaged. */
final class Damage {

    private Damage() {}

    static Document document(Document stored, String name) {
        if (stored.get(name) instanceof Document document) {
            return document;
        }
        throw found(stored, name);
    }

    static ArrayValue array(Document stored, String name) {
        if (stored.get(name) instanceof ArrayValue array) {
            return array;
        }
        throw found(stored, name);
    }

    static int number(Document stored, String name) {
        if (stored.get(name) instanceof Int32Value number) {
            return number.value();
        }
        throw found(stored, name);
    }

    static long count(Document stored, String name) {
        return switch (stored.get(name)) {
            case Int32Value number -> number.value();
            case Int64Value number -> number.value();
            default -> throw found(stored, name);
        };
    }

    static String text(Document stored, String name) {
        if (stored.get(name) instanceof StringValue text) {
            return text.value();
        }
        throw found(stored, name);
    }

    static SmilodonException found(Document stored, String name) {
        Value value = stored.get(name);
        return new SmilodonException(
                ErrorCode.DATA_CORRUPTION_DETECTED,
                "A field of the catalog has a wrong type",
                Map.of("field", name, "found", value.type().alias()));
    }
}

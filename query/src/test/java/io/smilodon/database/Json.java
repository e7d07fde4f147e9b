package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/** Documents for tests, written with single quotes; and what tests ask of answers. */
public final class Json {

    private Json() {}

    public static Document doc(String json) {
        return ExtendedJson.readDocument(json.replace('\'', '"'));
    }

    static Value value(String json) {
        return ExtendedJson.readValue(json.replace('\'', '"'));
    }

    static List<Document> docs(String... json) {
        List<Document> documents = new ArrayList<>();
        for (String one : json) {
            documents.add(doc(one));
        }
        return documents;
    }

    /** With single quotes and without spaces. */
    public static String text(Value value) {
        return ExtendedJson.write(value, JsonMode.RELAXED).replace('"', '\'').replace(" ", "");
    }

    /** All documents that are left, one after the other. */
    static String text(DocumentCursor cursor) {
        try (cursor) {
            StringBuilder text = new StringBuilder();
            cursor.forEachRemaining(document -> text.append(text(document)));
            return text.toString();
        }
    }

    /** The ids of all documents that are left, in their order, with spaces between. */
    static String ids(DocumentCursor cursor) {
        List<String> ids = new ArrayList<>();
        try (cursor) {
            cursor.forEachRemaining(document -> ids.add(text(document.get("_id"))));
        }
        return String.join(" ", ids);
    }

    public static SmilodonException assertCode(int code, Executable action) {
        SmilodonException error = assertThrows(SmilodonException.class, action);
        assertEquals(code, error.code().number(), error::getMessage);
        return error;
    }
}

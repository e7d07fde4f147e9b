package io.smilodon.database;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.key.ValueText;
import java.util.LinkedHashMap;
import java.util.Map;

/** The error about an {@code _id} that exists, in the words that MongoDB's clients parse. */
final class DuplicateKeys {

    private static final String KEY_PATTERN = "keyPattern";
    private static final String KEY_VALUE = "keyValue";

    private DuplicateKeys() {}

    static SmilodonException ofId(Namespace namespace, Value id) {
        Document pattern = IndexDefinition.onId().pattern().toDocument();
        return error(namespace, IndexDefinition.ID_INDEX_NAME, pattern, Document.of("_id", id));
    }

    private static SmilodonException error(
            Namespace namespace, String index, Document pattern, Document value) {
        String text =
                "E11000 duplicate key error collection: "
                        + namespace
                        + " index: "
                        + index
                        + " dup key: "
                        + ValueText.of(value);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put(KEY_PATTERN, pattern);
        details.put(KEY_VALUE, value);
        return new SmilodonException(ErrorCode.DUPLICATE_KEY, text, details);
    }
}

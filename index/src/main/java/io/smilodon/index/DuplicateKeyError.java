package io.smilodon.index;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.ValueText;
import io.smilodon.index.collation.Collation;
import io.smilodon.index.key.CollationKeyText;
import io.smilodon.index.key.IndexKey;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The error about a key that another document has. Clients parse it: what varies is in the text.
 */
public final class DuplicateKeyError {

    private DuplicateKeyError() {}

    /**
     * The error.
     *
     * @param namespace database and collection
     * @param index the one that is unique
     * @param key as an entry of the index has it
     */
    public static SmilodonException of(String namespace, IndexDefinition index, IndexKey key) {
        Collation collation = index.options().collation();
        Document keyValue = index.pattern().describe(key);
        String collated = "";
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("keyPattern", index.pattern().toDocument());
        if (!collation.isSimple()) {
            keyValue = CollationKeyText.shown(keyValue);
            collated = " collation: " + ValueText.of(collation.toDocument());
            details.put("collation", collation.toDocument());
        }
        details.put("keyValue", keyValue);
        return new SmilodonException(
                ErrorCode.DUPLICATE_KEY,
                "E11000 duplicate key error collection: "
                        + namespace
                        + " index: "
                        + index.name()
                        + collated
                        + " dup key: "
                        + ValueText.of(keyValue),
                details);
    }
}

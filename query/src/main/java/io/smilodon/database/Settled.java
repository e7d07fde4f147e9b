package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.key.KeyPattern;
import io.smilodon.query.plan.AllowedIndexes;
import io.smilodon.query.plan.Hint;
import java.util.HashMap;
import java.util.Map;

/**
 * The query settings of a shape.
 *
 * @param settings as MongoDB tells them: {@code {indexHints?: [{ns: {db, coll}, allowedIndexes}],
 *     queryFramework?, reject?: true, comment?}}
 * @param allowed which indexes of which collections may be read, by their full names
 * @param rejects whether such requests are refused
 */
record Settled(Document settings, Map<String, AllowedIndexes> allowed, boolean rejects) {

    /** Nothing is settled. */
    static final Settled NOTHING = new Settled(Document.EMPTY, Map.of(), false);

    private static final String HINTS = "indexHints";
    private static final String FRAMEWORK = "queryFramework";
    private static final String REJECT = "reject";
    private static final String COMMENT = "comment";
    private static final Location PLACE = Location.ROOT.child("settings");

    /**
     * What is left of settings without what says nothing.
     *
     * @throws SmilodonException 7746604 if that is nothing; 7746608, 8727500, 8727501, 9646000 or
     *     9646001 for hints that cannot be
     */
    static Settled of(Document written) {
        DocumentBuilder simple = Document.builder();
        ArrayValue hints = telling(written.get(HINTS));
        if (!hints.elements().isEmpty()) {
            simple.put(HINTS, hints);
        }
        if (written.has(FRAMEWORK)) {
            simple.put(FRAMEWORK, written.get(FRAMEWORK));
        }
        boolean rejects = written.get(REJECT) instanceof BooleanValue flag && flag.value();
        if (rejects) {
            simple.put(REJECT, true);
        }
        Document settings = simple.build();
        if (settings.isEmpty()) {
            throw error(
                    7746604,
                    "the resulting settings cannot be empty or contain only default values");
        }
        Map<String, AllowedIndexes> allowed = allowed(hints);
        return new Settled(
                written.has(COMMENT) ? settings.with(COMMENT, written.get(COMMENT)) : settings,
                allowed,
                rejects);
    }

    /** The same with others laid over it. */
    Document with(Document others) {
        Document merged = settings;
        for (Field other : others) {
            merged = merged.with(other.name(), other.value());
        }
        return merged;
    }

    /** Those of the hints that name indexes. */
    private static ArrayValue telling(Value hints) {
        return hints instanceof ArrayValue all
                ? ArrayValue.of(
                        all.elements().stream()
                                .filter(hint -> !indexes((Document) hint).elements().isEmpty())
                                .toList())
                : ArrayValue.of();
    }

    private static ArrayValue indexes(Document hint) {
        return (ArrayValue) hint.get("allowedIndexes");
    }

    private static Map<String, AllowedIndexes> allowed(ArrayValue hints) {
        Map<String, AllowedIndexes> allowed = new HashMap<>();
        for (Value hint : hints) {
            ArrayValue indexes = indexes((Document) hint);
            String namespace = namespace((Document) ((Document) hint).get("ns"));
            indexes.forEach(Settled::checkIndex);
            AllowedIndexes named =
                    new AllowedIndexes(indexes.elements(), AllowedIndexes.Origin.SETTINGS);
            if (allowed.put(namespace, named) != null) {
                throw error(7746608, "Collection has already index hints specified");
            }
        }
        return Map.copyOf(allowed);
    }

    private static String namespace(Document names) {
        if (!(names.get("db") instanceof StringValue database)) {
            throw error(8727500, "invalid index hint: 'ns.db' field is missing");
        }
        if (!(names.get("coll") instanceof StringValue collection)) {
            throw error(8727501, "invalid index hint: 'ns.coll' field is missing");
        }
        return database.value() + "." + collection.value();
    }

    private static void checkIndex(Value index) {
        if (!(index instanceof Document pattern)) {
            return;
        }
        if (pattern.isEmpty()) {
            throw error(9646000, "key pattern index can't be empty");
        }
        if (pattern.has(Hint.NATURAL) && pattern.size() == 1) {
            return;
        }
        try {
            KeyPattern.parse(pattern, PLACE.child(HINTS));
        } catch (SmilodonException invalid) {
            throw error(9646001, "invalid index key pattern hint");
        }
    }

    private static SmilodonException error(int code, String text) {
        return new SmilodonException(ErrorCode.location(code), text).at(PLACE);
    }

    /** Refuses a request of the shape if that is settled. */
    void check() {
        if (rejects) {
            throw new SmilodonException(
                    ErrorCode.QUERY_REJECTED_BY_SETTINGS, "Query rejected by admin query settings");
        }
    }
}

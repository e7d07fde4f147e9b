package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.index.StorageEngineOptions;
import java.util.Map;

/**
 * What {@code create} tells storage engines of a collection and of the indexes that it will have.
 * Pure functions.
 */
final class EngineFields {

    /** A document of one field, {@link StorageEngineOptions}. */
    static final String INDEX_DEFAULTS = "indexOptionDefaults";

    private EngineFields() {}

    /**
     * Those of the two that are there and say something.
     *
     * @throws SmilodonException 14 for what is no document, 40415 for a default that is unknown,
     *     and what {@link StorageEngineOptions#check} throws
     */
    static Document parse(Document written) {
        DocumentBuilder engines = Document.builder();
        if (written.has(StorageEngineOptions.NAME)) {
            Document told = engines(written, Location.ROOT);
            if (!told.isEmpty()) {
                engines.put(StorageEngineOptions.NAME, told);
            }
        }
        if (written.has(INDEX_DEFAULTS)) {
            Document defaults = defaults(written);
            if (!defaults.isEmpty()) {
                engines.put(INDEX_DEFAULTS, defaults);
            }
        }
        return engines.build();
    }

    private static Document defaults(Document written) {
        Location place = Location.ROOT.child(INDEX_DEFAULTS);
        Document defaults = document(written, INDEX_DEFAULTS, place);
        for (Field field : defaults) {
            if (!field.name().equals(StorageEngineOptions.NAME)) {
                throw new SmilodonException(
                                ErrorCode.location(40415),
                                "Unknown option of indexOptionDefaults",
                                Map.of("option", field.name()))
                        .at(place.child(field.name()));
            }
            engines(defaults, place);
        }
        return defaults;
    }

    private static Document engines(Document holder, Location location) {
        Location place = location.child(StorageEngineOptions.NAME);
        return StorageEngineOptions.check(
                document(holder, StorageEngineOptions.NAME, place), place);
    }

    private static Document document(Document holder, String option, Location place) {
        if (holder.get(option) instanceof Document document) {
            return document;
        }
        throw OptionFields.wrongType(holder.get(option), "object", option, place);
    }
}

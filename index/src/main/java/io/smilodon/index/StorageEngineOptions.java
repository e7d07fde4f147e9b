package io.smilodon.index;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.Map;
import java.util.Set;

/**
 * The option {@code storageEngine} of collections and indexes: what engines are told, by their
 * names. Definitions that were written for MongoDB's engine are taken, kept and shown; there is
 * nothing in this store that they could set. Pure functions.
 */
public final class StorageEngineOptions {

    /** The name of the option. */
    public static final String NAME = "storageEngine";

    private static final String CONFIGURATION = "configString";

    /** The names of engines, with the options that each takes. */
    private static final Map<String, Set<String>> ENGINES =
            Map.of("smilodon", Set.of(), "wiredTiger", Set.of(CONFIGURATION));

    private StorageEngineOptions() {}

    /**
     * Checks what the engines are told.
     *
     * @param location where it stands
     * @throws SmilodonException 2 if an engine is told anything but a document, 72 for an engine or
     *     an option that there is not, 14 and 9 for a configuration that is no text, or has a zero
     *     byte inside
     */
    public static Document check(Document written, Location location) {
        for (Field engine : written) {
            Location place = location.child(engine.name());
            if (!(engine.value() instanceof Document options)) {
                throw new SmilodonException(
                                ErrorCode.BAD_VALUE,
                                "'storageEngine' must hold an embedded document for each engine",
                                Map.of("engine", engine.name()))
                        .at(place);
            }
            Set<String> known = ENGINES.get(engine.name());
            if (known == null) {
                throw new SmilodonException(
                                ErrorCode.INVALID_OPTIONS,
                                "is not a registered storage engine for this server",
                                Map.of("engine", engine.name()))
                        .at(place);
            }
            checkOptions(options, known, place);
        }
        return written;
    }

    private static void checkOptions(Document options, Set<String> known, Location location) {
        for (Field option : options) {
            Location place = location.child(option.name());
            if (!known.contains(option.name())) {
                throw new SmilodonException(
                                ErrorCode.INVALID_OPTIONS,
                                "is not a supported option.",
                                Map.of("option", option.name()))
                        .at(place);
            }
            checkConfiguration(option.value(), place);
        }
    }

    private static void checkConfiguration(Value value, Location place) {
        if (!(value instanceof StringValue text)) {
            throw new SmilodonException(
                            ErrorCode.TYPE_MISMATCH,
                            "'configString' must be a string.",
                            Map.of("actual", value.type().alias()))
                    .at(place);
        }
        if (text.value().indexOf('\0') >= 0) {
            throw new SmilodonException(
                            ErrorCode.FAILED_TO_PARSE, "malformed 'configString' value.")
                    .at(place);
        }
    }
}

package io.smilodon.database.command;

import io.smilodon.database.action.Body;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import io.smilodon.query.metadata.MetadataKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Version 1 of MongoDB's stable API: what a client may ask for that promises, with {@code
 * apiStrict: true}, to ask for nothing else.
 *
 * @see <a href="https://www.mongodb.com/docs/manual/reference/stable-api/">Stable API</a>
 */
final class StableApi {

    static final String VERSION = "apiVersion";
    static final String STRICT = "apiStrict";
    static final String DEPRECATION_ERRORS = "apiDeprecationErrors";

    private static final ErrorCode VERSION_ERROR = new ErrorCode(322, "APIVersionError");
    private static final ErrorCode STRICT_ERROR = new ErrorCode(323, "APIStrictError");
    private static final ErrorCode VERSION_MISSING = ErrorCode.location(4886600);

    private static final Set<String> COMMANDS =
            Set.of(
                    "abortTransaction",
                    "aggregate",
                    "authenticate",
                    "bulkWrite",
                    "collMod",
                    "commitTransaction",
                    "count",
                    "create",
                    "createIndexes",
                    "delete",
                    "drop",
                    "dropDatabase",
                    "dropIndexes",
                    "endSessions",
                    "explain",
                    "find",
                    "findAndModify",
                    "getMore",
                    "hello",
                    "insert",
                    "killCursors",
                    "listCollections",
                    "listDatabases",
                    "listIndexes",
                    "ping",
                    "refreshSessions",
                    "saslContinue",
                    "saslStart",
                    "update");

    /** Fields of those commands that do not belong to it. */
    private static final Map<String, Set<String>> OTHER_FIELDS =
            Map.of(
                    "aggregate",
                    Set.of(ExpectedCollection.FIELD, "explain"),
                    "create",
                    Set.of("autoIndexId", "capped", "max", "size", "storageEngine"),
                    "find",
                    Set.of(
                            "awaitData",
                            ExpectedCollection.FIELD,
                            "max",
                            "min",
                            "noCursorTimeout",
                            "oplogReplay",
                            "returnKey",
                            "showRecordId",
                            "tailable"));

    private static final Set<String> OTHER_STAGES =
            Set.of(
                    "$changeStreamSplitLargeEvent",
                    "$currentOp",
                    "$fill",
                    "$indexStats",
                    "$listLocalSessions",
                    "$listSearchIndexes",
                    "$listSessions",
                    "$planCacheStats",
                    "$querySettings",
                    "$queryStats",
                    "$rankFusion",
                    "$scoreFusion",
                    "$search",
                    "$searchMeta",
                    "$vectorSearch");

    /** Fields that may ask what is known of documents besides their own fields. */
    private static final List<String> WITH_METADATA =
            List.of("pipeline", "projection", "sort", "fields");

    private static final Set<MetadataKind> OTHER_METADATA =
            EnumSet.of(
                    MetadataKind.INDEX_KEY,
                    MetadataKind.TEXT_SCORE,
                    MetadataKind.SEARCH_SCORE,
                    MetadataKind.SEARCH_SCORE_DETAILS,
                    MetadataKind.SEARCH_HIGHLIGHTS,
                    MetadataKind.SEARCH_SEQUENCE_TOKEN,
                    MetadataKind.SCORE,
                    MetadataKind.SCORE_DETAILS);

    private static final Value TEXT = Value.of("text");

    private StableApi() {}

    /**
     * Checks what a command says of the API that it belongs to.
     *
     * @param general its general fields
     * @throws SmilodonException {@code APIVersionError} (322), 4886600 for a promise without a
     *     version, {@code APIStrictError} (323) for what is not in it
     */
    static void check(Body general, Document command) {
        boolean hasPromise = general.has(STRICT) || general.has(DEPRECATION_ERRORS);
        if (hasPromise && !general.has(VERSION)) {
            throw new SmilodonException(
                    VERSION_MISSING,
                    "Provided apiStrict and/or apiDeprecationErrors without passing apiVersion");
        }
        String version = general.text(VERSION).orElse("1");
        if (!version.equals("1")) {
            throw new SmilodonException(
                    VERSION_ERROR, "API version must be \"1\"", Map.of("actual", version));
        }
        if (general.flag(STRICT, false)) {
            checkIncluded(command, command.iterator().next().name());
        }
    }

    private static void checkIncluded(Document command, String name) {
        if (!COMMANDS.contains(name)) {
            throw refused(
                    "Provided apiStrict:true, but the command " + name + " is not in API Version 1",
                    Location.ROOT.child(name));
        }
        checkParts(command, name, Location.ROOT);
        if (command.get(name) instanceof Document explained
                && name.equals("explain")
                && !explained.isEmpty()) {
            checkParts(explained, explained.iterator().next().name(), Location.ROOT.child(name));
        }
    }

    private static void checkParts(Document command, String name, Location place) {
        for (String field : OTHER_FIELDS.getOrDefault(name, Set.of())) {
            if (command.has(field)) {
                throw refused(
                        "BSON field '"
                                + name
                                + "."
                                + field
                                + "' is not allowed with apiStrict:true.",
                        place.child(field));
            }
        }
        checkStages(command.get("pipeline"), place.child("pipeline"));
        for (String field : WITH_METADATA) {
            checkMetadata(command.get(field), place.child(field));
        }
        switch (name) {
            case "createIndexes" -> checkIndexes(command.get("indexes"), place.child("indexes"));
            case "collMod" -> checkChange(command.get("index"), place.child("index"));
            default -> {} // no other command has such parts
        }
    }

    private static void checkStages(Value pipeline, Location place) {
        if (pipeline instanceof ArrayValue stages) {
            for (int i = 0; i < stages.size(); i++) {
                checkStage(stages.get(i), place.child(i));
            }
        }
    }

    private static void checkStage(Value stage, Location place) {
        if (!(stage instanceof Document written)) {
            return;
        }
        for (Field part : written) {
            Location at = place.child(part.name());
            if (OTHER_STAGES.contains(part.name())) {
                throw refused(
                        "stage "
                                + part.name()
                                + " is not allowed with 'apiStrict: true' in API Version 1",
                        at);
            }
            if (part.value() instanceof Document of) {
                checkInside(part.name(), of, at);
            }
        }
    }

    /** Checks the pipelines that belong to a stage, and which of its options there are. */
    private static void checkInside(String stage, Document of, Location place) {
        switch (stage) {
            case "$collStats" -> checkStatistics(of, place);
            case "$facet" ->
                    of.forEach(facet -> checkStages(facet.value(), place.child(facet.name())));
            case "$lookup", "$unionWith" ->
                    checkStages(of.get("pipeline"), place.child("pipeline"));
            default -> {} // no other stage has any
        }
    }

    private static void checkStatistics(Document options, Location place) {
        for (Field option : options) {
            if (!option.name().equals("count")) {
                throw refused(
                        "only the 'count' option to $collStats is supported in API Version 1",
                        place.child(option.name()));
            }
        }
    }

    private static void checkMetadata(Value written, Location place) {
        for (MetadataKind kind : OTHER_METADATA) {
            if (kind.isReadBy(written)) {
                throw refused(
                        "Provided apiStrict is true with an unstable meta field \""
                                + kind.argument()
                                + "\"",
                        place);
            }
        }
    }

    /** Text is not in it. */
    private static void checkIndexes(Value indexes, Location place) {
        if (!(indexes instanceof ArrayValue all)) {
            return;
        }
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof Document index && index.get("key") instanceof Document key) {
                checkKey(key, place.child(i).child("key"));
            }
        }
    }

    private static void checkKey(Document key, Location place) {
        for (Field part : key) {
            if (part.value().equals(TEXT)) {
                throw refused(
                        "Index type 'text' is not allowed with 'apiStrict: true' in API Version 1",
                        place.child(part.name()));
            }
        }
    }

    private static void checkChange(Value index, Location place) {
        if (index instanceof Document change && change.has("prepareUnique")) {
            throw refused(
                    "BSON field 'index.prepareUnique' is not allowed with apiStrict:true.",
                    place.child("prepareUnique"));
        }
    }

    private static SmilodonException refused(String text, Location place) {
        return new SmilodonException(STRICT_ERROR, text).at(place);
    }
}

package io.smilodon.database.command;

import io.smilodon.database.action.Body;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
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
                    "$currentOp",
                    "$indexStats",
                    "$listLocalSessions",
                    "$listSessions",
                    "$planCacheStats",
                    "$search");

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
                    name);
        }
        checkParts(command, name);
        if (name.equals("explain") && command.get(name) instanceof Document explained) {
            checkExplained(explained);
        }
    }

    private static void checkExplained(Document explained) {
        if (!explained.isEmpty()) {
            checkParts(explained, explained.iterator().next().name());
        }
    }

    private static void checkParts(Document command, String name) {
        for (String field : OTHER_FIELDS.getOrDefault(name, Set.of())) {
            if (command.has(field)) {
                throw refused(
                        "BSON field '"
                                + name
                                + "."
                                + field
                                + "' is not allowed with apiStrict:true.",
                        field);
            }
        }
        checkStages(command.get("pipeline"));
    }

    private static void checkStages(Value pipeline) {
        if (pipeline instanceof ArrayValue stages) {
            stages.elements().forEach(StableApi::checkStage);
        }
    }

    private static void checkStage(Value stage) {
        if (!(stage instanceof Document written)) {
            return;
        }
        for (Field part : written) {
            if (OTHER_STAGES.contains(part.name())) {
                throw refused(
                        "stage "
                                + part.name()
                                + " is not allowed with 'apiStrict: true' in API Version 1",
                        "pipeline");
            }
            if (part.value() instanceof Document of) {
                checkInside(part.name(), of);
            }
        }
    }

    /** Checks the pipelines that belong to a stage. */
    private static void checkInside(String stage, Document of) {
        switch (stage) {
            case "$facet" -> of.forEach(facet -> checkStages(facet.value()));
            case "$lookup", "$unionWith" -> checkStages(of.get("pipeline"));
            default -> {} // no other stage has any
        }
    }

    private static SmilodonException refused(String text, String field) {
        return new SmilodonException(STRICT_ERROR, text).at(Location.ROOT.child(field));
    }
}

package io.smilodon.database.command;

import io.smilodon.database.action.Body;
import io.smilodon.database.action.BodyRules;
import io.smilodon.database.action.FieldKind;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fields that every command may have. One member sees every write at once, so the preferences
 * and concerns of readers change nothing; what would is refused.
 */
final class GeneralFields {

    private static final Set<String> LEVELS =
            Set.of("local", "available", "majority", "linearizable", "snapshot");

    /** These read whatever is there: no time is waited for. */
    private static final Set<String> UNTIMED_LEVELS = Set.of("available", "linearizable");

    private static final String READ_CONCERN = "readConcern";
    private static final String AFTER_TIME = "afterClusterTime";

    private static final String MAX_TIME = "maxTimeMS";

    static final BodyRules RULES =
            BodyRules.builder()
                    .optional(FieldKind.STRING, "$db", StableApi.VERSION)
                    .optional(FieldKind.OBJECT, "$clusterTime", "$readPreference")
                    .optional(FieldKind.OBJECT, READ_CONCERN)
                    .optional(FieldKind.BOOLEAN, StableApi.STRICT, StableApi.DEPRECATION_ERRORS)
                    .optional(FieldKind.NUMBER, MAX_TIME)
                    .optional(FieldKind.OBJECT, SessionFields.SESSION)
                    .optional(FieldKind.BOOLEAN, SessionFields.AUTOCOMMIT, SessionFields.START)
                    .optional(FieldKind.INT64, SessionFields.NUMBER, StatementIds.ONE)
                    .build();

    private static final BodyRules CONCERN_RULES =
            BodyRules.builder()
                    .optional(FieldKind.STRING, "level", "provenance")
                    .optional(FieldKind.TIMESTAMP, AFTER_TIME, SnapshotRead.TIME)
                    .build();

    private static final String PREFERENCE = "$readPreference";
    private static final Set<String> MODES =
            Set.of("primary", "primaryPreferred", "secondary", "secondaryPreferred", "nearest");

    /** Where users of other services are known: the one name that no collection can have. */
    private static final String EXTERNAL = "$external";

    private GeneralFields() {}

    /** The general fields of a command. */
    static Body of(CommandContext context, Document command) {
        DocumentBuilder general = Document.builder();
        for (Field field : command) {
            if (RULES.names().contains(field.name()) && !(field.value() instanceof NullValue)) {
                general.put(field.name(), field.value());
            }
        }
        Body body = RULES.check(general.build(), Location.ROOT);
        checkDatabase(context, body);
        checkReadConcern(body.document(READ_CONCERN));
        if (body.has(PREFERENCE)) {
            checkPreference(body.document(PREFERENCE), Location.ROOT.child(PREFERENCE));
        }
        StableApi.check(body, command);
        if (body.has(SessionFields.SESSION)) {
            Document session = body.document(SessionFields.SESSION);
            Location place = Location.ROOT.child(SessionFields.SESSION);
            BinaryValue id = SessionFields.session(session, place, context.caller());
            if (!id.equals(session.get(SessionFields.ID))) {
                Document own = Document.of(SessionFields.ID, id);
                return new Body(body.fields().with(SessionFields.SESSION, own), body.location());
            }
        }
        return body;
    }

    /**
     * The fields of a command itself, those that it has in common with all among them; null counts
     * as absent, as with MongoDB.
     */
    static Document without(Document command, String name, Command row) {
        Set<String> ownNames = row.rules().names();
        DocumentBuilder own = Document.builder();
        for (Field field : command) {
            boolean isGeneral =
                    RULES.names().contains(field.name()) && !ownNames.contains(field.name());
            boolean isNull = field.value() instanceof NullValue;
            if (!isGeneral && !isNull && !field.name().equals(name)) {
                own.put(field.name(), field.value());
            }
        }
        return own.build();
    }

    /**
     * The time that a command may take. That of a command which opens a cursor counts for the whole
     * life of the cursor.
     */
    static Value maxTime(Body general) {
        if (general.value(MAX_TIME) instanceof NumberValue number && !number.isIntegral()) {
            throw new SmilodonException(ErrorCode.BAD_VALUE, "maxTimeMS has non-integral value")
                    .at(Location.ROOT.child(MAX_TIME));
        }
        long millis = general.number(MAX_TIME);
        if (millis < 0 || millis > Integer.MAX_VALUE) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "maxTimeMS is out of range [0,2147483647]",
                            Map.of("actual", millis))
                    .at(Location.ROOT.child(MAX_TIME));
        }
        return general.value(MAX_TIME);
    }

    private static void checkDatabase(CommandContext context, Body body) {
        if (!context.databaseName().equals(EXTERNAL)) {
            Namespace.checkDatabase(context.databaseName());
        }
        String named = body.text("$db").orElse(context.databaseName());
        if (!named.equals(context.databaseName())) {
            throw new SmilodonException(
                            ErrorCode.INVALID_NAMESPACE,
                            "The command names another database than it is sent to",
                            Map.of("actual", named, "expected", context.databaseName()))
                    .at(Location.ROOT.child("$db"));
        }
    }

    /** All members are one: what could not be followed is refused all the same. */
    private static void checkPreference(Document preference, Location place) {
        if (!(preference.get("mode") instanceof StringValue mode)) {
            throw preference.has("mode")
                    ? BodyRules.wrongType(
                                    PREFERENCE + ".mode", FieldKind.STRING, preference.get("mode"))
                            .at(place.child("mode"))
                    : new SmilodonException(
                                    ErrorCode.location(40414),
                                    "BSON field '$readPreference.mode' is missing but a required"
                                            + " field")
                            .at(place);
        }
        if (!MODES.contains(mode.value())) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "Enumeration value '"
                                    + mode.value()
                                    + "' for field '$readPreference.mode' is not a valid value.")
                    .at(place.child("mode"));
        }
        boolean isTagged =
                preference.get("tags") instanceof ArrayValue tags
                        && !tags.isEmpty()
                        && !tags.equals(ArrayValue.of(Document.EMPTY));
        if (isTagged && mode.value().equals("primary")) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "Only empty tags are allowed with primary read preference")
                    .at(place.child("tags"));
        }
    }

    /** Whatever a client has seen of one member, this one shows too: no time is waited for. */
    private static void checkReadConcern(Document written) {
        Location place = Location.ROOT.child(READ_CONCERN);
        Body concern = CONCERN_RULES.check(written, place);
        Optional<String> level = concern.text("level");
        if (level.isPresent() && !LEVELS.contains(level.get())) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "Enumeration value '"
                                    + level.get()
                                    + "' for field 'readConcern.level' is not a valid value.")
                    .at(place.child("level"))
                    .withHint("level: local, available, majority, linearizable or snapshot");
        }
        boolean isAfter = concern.has(AFTER_TIME);
        if (isAfter && level.isPresent() && UNTIMED_LEVELS.contains(level.get())) {
            throw new SmilodonException(
                            ErrorCode.INVALID_OPTIONS,
                            "afterClusterTime field can be set only if level is equal to majority,"
                                    + " local, or snapshot")
                    .at(place);
        }
        if (isAfter && concern.has(SnapshotRead.TIME)) {
            throw new SmilodonException(
                            ErrorCode.INVALID_OPTIONS,
                            "Specifying a timestamp for readConcern snapshot in a causally"
                                    + " consistent session is not allowed")
                    .at(place);
        }
    }
}

package io.smilodon.database.command;

import io.smilodon.database.action.Body;
import io.smilodon.database.action.BodyRules;
import io.smilodon.database.action.FieldKind;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.Value;
import java.util.Map;
import java.util.Set;

/**
 * The fields that every command may have. One member sees every write at once, so the preferences
 * and concerns of readers change nothing; what would is refused.
 */
final class GeneralFields {

    private static final Set<String> LEVELS =
            Set.of("local", "available", "majority", "linearizable", "snapshot");

    private static final Set<String> TIMES = Set.of("afterClusterTime", SnapshotRead.TIME);

    private static final String MAX_TIME = "maxTimeMS";

    static final BodyRules RULES =
            BodyRules.builder()
                    .optional(FieldKind.STRING, "$db", StableApi.VERSION)
                    .optional(FieldKind.OBJECT, "$clusterTime", "$readPreference")
                    .optional(FieldKind.OBJECT, "readConcern")
                    .optional(FieldKind.BOOLEAN, StableApi.STRICT, StableApi.DEPRECATION_ERRORS)
                    .optional(FieldKind.NUMBER, MAX_TIME)
                    .optional(FieldKind.OBJECT, SessionFields.SESSION)
                    .optional(FieldKind.BOOLEAN, SessionFields.AUTOCOMMIT, SessionFields.START)
                    .optional(FieldKind.INT64, SessionFields.NUMBER, StatementIds.ONE)
                    .build();

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
        checkReadConcern(body.document("readConcern"));
        StableApi.check(body, command);
        if (body.has(SessionFields.SESSION)) {
            SessionFields.session(
                    body.document(SessionFields.SESSION),
                    Location.ROOT.child(SessionFields.SESSION));
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
        String named = body.text("$db").orElse(context.databaseName());
        if (!named.equals(context.databaseName())) {
            throw new SmilodonException(
                            ErrorCode.INVALID_NAMESPACE,
                            "The command names another database than it is sent to",
                            Map.of("actual", named, "expected", context.databaseName()))
                    .at(Location.ROOT.child("$db"));
        }
    }

    /** Whatever a client has seen of one member, this one shows too: no time is waited for. */
    private static void checkReadConcern(Document concern) {
        Location place = Location.ROOT.child("readConcern");
        for (Field field : concern) {
            boolean isLevel =
                    field.name().equals("level")
                            && field.value() instanceof StringValue text
                            && LEVELS.contains(text.value());
            boolean isPast =
                    TIMES.contains(field.name()) && field.value() instanceof TimestampValue;
            if (!isLevel && !isPast && !field.name().equals("provenance")) {
                throw unknownConcern(field.name(), field.value(), place);
            }
        }
    }

    private static SmilodonException unknownConcern(String name, Value value, Location place) {
        return new SmilodonException(
                        ErrorCode.INVALID_OPTIONS,
                        "This read concern is not supported",
                        Map.of("field", name, "actual", value))
                .at(place.child(name))
                .withHint("level: local, available, majority, linearizable or snapshot");
    }
}

package io.smilodon.database.action;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.WriteOptions;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import java.util.Map;

/**
 * How durable a write asks to be: MongoDB's <code>writeConcern: {w, j, wtimeout}</code>, and <code>
 * durability: "sync" | "interval" | "none"</code>. Journaled writes and those that a majority is to
 * have are synced; {@code w} 0 and 1 are the same, and more members there are not. A write never
 * gets less than is configured.
 */
public final class WriteConcern {

    private static final String CONCERN = "writeConcern";
    private static final String DURABILITY = "durability";
    private static final StringValue MAJORITY = new StringValue("majority");
    private static final int MEMBERS_MAX = 50;

    private static final BodyRules RULES =
            BodyRules.builder()
                    .optional(FieldKind.ANYTHING, "w")
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "j", "fsync")
                    .optional(FieldKind.NUMBER, "wtimeout")
                    .optional(FieldKind.STRING, "provenance")
                    .build();

    private WriteConcern() {}

    /** Adds the fields that say it. */
    public static BodyRules.Builder rules(BodyRules.Builder builder) {
        return builder.optional(FieldKind.OBJECT, CONCERN).optional(FieldKind.STRING, DURABILITY);
    }

    /** What a request asks for. */
    public static WriteOptions options(Body body) {
        boolean isJournaled = isJournaled(body.document(CONCERN), body.location().child(CONCERN));
        SyncMode asked = durability(body);
        return new WriteOptions(isJournaled ? SyncMode.SYNC : asked);
    }

    /** The collection, to write as durably as a request asks. */
    public static DocumentCollection applied(DocumentCollection collection, Body body) {
        WriteOptions options = options(body);
        return options.equals(WriteOptions.DEFAULTS) ? collection : collection.with(options);
    }

    private static boolean isJournaled(Document concern, Location place) {
        Body checked = RULES.check(concern, place);
        checkMembers(checked);
        if (checked.number("wtimeout") < 0) {
            throw new SmilodonException(ErrorCode.FAILED_TO_PARSE, "wtimeout must be >= 0")
                    .at(place.child("wtimeout"));
        }
        boolean isJournaled = checked.flag("j", false);
        boolean isSynced = checked.flag("fsync", false);
        if (isJournaled && isSynced) {
            throw new SmilodonException(
                            ErrorCode.FAILED_TO_PARSE,
                            "fsync and j options cannot be used together")
                    .at(place);
        }
        return isJournaled || isSynced || checked.value("w").equals(MAJORITY);
    }

    private static void checkMembers(Body concern) {
        Location place = concern.location().child("w");
        switch (concern.value("w")) {
            case Missing absent -> {}
            case NumberValue number -> checkMembers(concern.number("w"), place);
            case StringValue name -> checkMode(name.value(), place);
            default ->
                    throw new SmilodonException(
                                    ErrorCode.FAILED_TO_PARSE,
                                    "w has to be a number or string",
                                    Map.of("actual", concern.value("w").type().alias()))
                            .at(place);
        }
    }

    private static void checkMembers(long count, Location place) {
        if (count < 0 || count > MEMBERS_MAX) {
            throw new SmilodonException(
                            ErrorCode.FAILED_TO_PARSE,
                            "w has to be a non-negative number and not greater than 50",
                            Map.of("actual", count))
                    .at(place);
        }
        if (count > 1) {
            throw new SmilodonException(
                            ErrorCode.UNSATISFIABLE_WRITE_CONCERN,
                            "Not enough data-bearing nodes",
                            Map.of("wanted", count, "members", 1))
                    .at(place);
        }
    }

    private static void checkMode(String name, Location place) {
        if (!name.equals(MAJORITY.value())) {
            throw new SmilodonException(
                            ErrorCode.UNKNOWN_WRITE_CONCERN,
                            "No write concern mode named like that found",
                            Map.of("actual", name))
                    .at(place)
                    .withHint("a number or \"majority\"");
        }
    }

    private static SyncMode durability(Body body) {
        String name = body.text(DURABILITY).orElse("none");
        return switch (name) {
            case "sync" -> SyncMode.SYNC;
            case "interval" -> SyncMode.INTERVAL;
            case "none" -> SyncMode.NONE;
            default ->
                    throw new SmilodonException(
                                    ErrorCode.BAD_VALUE,
                                    "Unknown durability",
                                    Map.of("actual", name))
                            .at(body.location().child(DURABILITY))
                            .withHint("sync, interval or none");
        };
    }
}

package io.smilodon.database.stream;

import io.smilodon.database.stream.WatchOptions.Image;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.Value;
import java.util.Map;
import java.util.Set;

/** Reads the options of a change stream as MongoDB's {@code $changeStream} writes them. */
public final class WatchParser {

    private static final Map<String, Image> FULL_DOCUMENT =
            Map.of(
                    "default", Image.NONE,
                    "updateLookup", Image.LOOKUP,
                    "whenAvailable", Image.WHEN_AVAILABLE,
                    "required", Image.REQUIRED);

    private static final Map<String, Image> BEFORE_CHANGE =
            Map.of(
                    "off", Image.NONE,
                    "whenAvailable", Image.WHEN_AVAILABLE,
                    "required", Image.REQUIRED);

    /** What MongoDB can show besides; off is what they are. */
    private static final Set<String> NOT_SUPPORTED =
            Set.of(
                    "allowToRunOnConfigDB",
                    "allowToRunOnSystemNS",
                    "matchCollectionUUIDForUpdateLookup",
                    "showMigrationEvents",
                    "showRawUpdateDescription",
                    "showSystemEvents");

    private WatchParser() {}

    /**
     * Reads the options.
     *
     * @throws SmilodonException for an unknown one (40415), one of a wrong type or value, one that
     *     this release does not support (115), and for several beginnings (40674, 50865)
     */
    public static WatchOptions parse(Document options, Location place) {
        checkBeginnings(options, place);
        WatchOptions parsed = WatchOptions.DEFAULTS;
        for (Field option : options) {
            parsed = with(parsed, option.name(), option.value(), place.child(option.name()));
        }
        return parsed;
    }

    private static void checkBeginnings(Document options, Location place) {
        boolean hasToken = options.has("resumeAfter") || options.has("startAfter");
        if (options.has("resumeAfter") && options.has("startAfter")) {
            throw new SmilodonException(
                            ErrorCode.location(50865),
                            "Do not specify both 'resumeAfter' and 'startAfter' in a $changeStream"
                                    + " stage")
                    .at(place);
        }
        if (hasToken && options.has("startAtOperationTime")) {
            throw new SmilodonException(
                            ErrorCode.location(40674),
                            "Only one type of resume option is allowed, but multiple were found")
                    .at(place);
        }
    }

    private static WatchOptions with(
            WatchOptions options, String name, Value value, Location place) {
        return switch (name) {
            case "resumeAfter" -> options.withResumeAfter(document(value, place));
            case "startAfter" -> options.withStartAfter(document(value, place));
            case "startAtOperationTime" -> options.withStartAt(time(value, place));
            case "fullDocument" -> options.withFullDocument(image(FULL_DOCUMENT, value, place));
            case "fullDocumentBeforeChange" ->
                    options.withBeforeChange(image(BEFORE_CHANGE, value, place));
            case "showExpandedEvents" ->
                    isTrue(value, place) ? options.withExpandedEvents() : options;
            default -> {
                refuse(name, value, place);
                yield options;
            }
        };
    }

    /** Refuses what MongoDB does not know, and what it knows and this release cannot do. */
    private static void refuse(String name, Value value, Location place) {
        if (!NOT_SUPPORTED.contains(name)) {
            throw new SmilodonException(
                            ErrorCode.location(40415),
                            "Unknown option of a change stream",
                            Map.of("option", name))
                    .at(place);
        }
        if (isTrue(value, place)) {
            throw new SmilodonException(
                            ErrorCode.COMMAND_NOT_SUPPORTED,
                            "The option of $changeStream is not supported by this release",
                            Map.of("option", name))
                    .at(place);
        }
    }

    private static Document document(Value value, Location place) {
        if (value instanceof Document token) {
            return token;
        }
        throw wrongType("a document {_data: ...}", value, place);
    }

    private static TimestampValue time(Value value, Location place) {
        if (value instanceof TimestampValue time) {
            return time;
        }
        throw wrongType("a timestamp", value, place);
    }

    private static boolean isTrue(Value value, Location place) {
        if (value instanceof BooleanValue flag) {
            return flag.value();
        }
        throw wrongType("a boolean", value, place);
    }

    private static Image image(Map<String, Image> table, Value value, Location place) {
        if (!(value instanceof StringValue text)) {
            throw wrongType("a string", value, place);
        }
        Image image = table.get(text.value());
        if (image == null) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "Enumeration value is not a valid one",
                            Map.of("value", text.value()))
                    .at(place)
                    .withHint("one of " + table.keySet().stream().sorted().toList());
        }
        return image;
    }

    private static SmilodonException wrongType(String wanted, Value found, Location place) {
        return new SmilodonException(
                        ErrorCode.TYPE_MISMATCH,
                        "The option is of the wrong type",
                        Map.of("expected", wanted, "found", found.type().alias()))
                .at(place);
    }
}

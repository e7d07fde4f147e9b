package io.smilodon.index.key;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads and checks the key pattern of an index specification. Not thread-safe. */
final class KeyPatternParser {

    private static final ErrorCode TOO_MANY_FIELDS = ErrorCode.location(13103);

    /** What MongoDB indexes otherwise than by order. */
    private static final Set<String> OTHER_KINDS = Set.of("text", "2dsphere", "2d", "hashed");

    private static final Set<String> REFERENCE_FIELDS = Set.of("$id", "$ref", "$db");
    private static final String WILDCARD = "$**";
    private static final String ORDERED_ONLY =
            "this release has ordered indexes only: use 1 (ascending) or -1 (descending)";

    private final Location location;

    KeyPatternParser(Location location) {
        this.location = location;
    }

    KeyPattern parse(Document pattern) {
        List<KeyPart> parts = new ArrayList<>();
        for (Field field : pattern) {
            if (parts.size() == KeyPattern.PARTS_MAX) {
                throw new SmilodonException(
                                TOO_MANY_FIELDS,
                                "too many compound keys",
                                Map.of("fieldsMax", KeyPattern.PARTS_MAX))
                        .at(location);
            }
            parts.add(new KeyPart(path(field.name()), direction(field)));
        }
        if (parts.isEmpty()) {
            throw refused("Index keys cannot be empty.", Map.of()).at(location);
        }
        return new KeyPattern(parts);
    }

    private FieldPath path(String dotted) {
        if (dotted.isEmpty()) {
            throw refused("Index keys cannot be an empty field.", Map.of())
                    .at(location.child(dotted));
        }
        FieldPath path = FieldPath.parse(dotted);
        for (String step : path.steps()) {
            checkStep(dotted, step, step.equals(path.first()));
        }
        return path;
    }

    private void checkStep(String dotted, String step, boolean isFirst) {
        Map<String, String> details = Map.of("field", dotted);
        if (step.isEmpty()) {
            throw refused("Index keys cannot contain an empty field.", details)
                    .at(location.child(dotted));
        }
        if (step.equals(WILDCARD)) {
            throw refused("Wildcard indexes are not supported by this release", details)
                    .at(location.child(dotted))
                    .withHint("index each field that queries ask for");
        }
        if (step.startsWith("$") && (isFirst || !REFERENCE_FIELDS.contains(step))) {
            throw refused(
                            "Index key contains an illegal field name: field name starts with '$'.",
                            details)
                    .at(location.child(dotted));
        }
    }

    private Direction direction(Field field) {
        Location place = location.child(field.name());
        return switch (field.value()) {
            case NumberValue number -> sign(field.name(), number.toDouble());
            case StringValue kind ->
                    throw unknownKind(field.name(), kind.value()).at(place).withHint(ORDERED_ONLY);
            case Value other ->
                    throw refused(
                                    "Values in v:2 index key pattern cannot be of this type. Only"
                                            + " numbers > 0, numbers < 0, and strings are allowed.",
                                    Map.of("field", field.name(), "type", other.type().alias()))
                            .at(place);
        };
    }

    private Direction sign(String name, double number) {
        Map<String, String> details = Map.of("field", name);
        if (Double.isNaN(number)) {
            throw refused("Values in the index key pattern cannot be NaN.", details)
                    .at(location.child(name));
        }
        if (number == 0) {
            throw refused("Values in the index key pattern cannot be 0.", details)
                    .at(location.child(name));
        }
        return number > 0 ? Direction.FORWARD : Direction.BACKWARD;
    }

    private static SmilodonException unknownKind(String field, String kind) {
        String template =
                OTHER_KINDS.contains(kind)
                        ? "Index type is not supported by this release"
                        : "Unknown index plugin";
        return refused(template, Map.of("field", field, "type", kind));
    }

    private static SmilodonException refused(String template, Map<String, ?> details) {
        return new SmilodonException(ErrorCode.CANNOT_CREATE_INDEX, template, details);
    }
}

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

    private static final ErrorCode TOO_MANY_HASHED = ErrorCode.location(31303);
    private static final ErrorCode TOO_MANY_WILDCARDS = ErrorCode.location(7246201);
    private static final ErrorCode WILDCARD_OVERLAPS = ErrorCode.location(7246204);

    private static final Set<String> REFERENCE_FIELDS = Set.of("$id", "$ref", "$db");
    private static final String KINDS =
            "use 1 (ascending), -1 (descending), 'hashed', 'text', '2dsphere' or '2d'";

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
            parts.add(part(field));
        }
        if (parts.isEmpty()) {
            throw refused("Index keys cannot be empty.", Map.of()).at(location);
        }
        checkTogether(parts);
        return new KeyPattern(parts);
    }

    private KeyPart part(Field field) {
        PartKind kind = kind(field);
        FieldPath path = path(field.name(), kind);
        boolean isWildcard = path.steps().get(path.length() - 1).equals(KeyPart.ALL_BELOW);
        return new KeyPart(
                path,
                direction(field),
                isWildcard && kind == PartKind.ORDERED ? PartKind.WILDCARD : kind);
    }

    /** Only parts of one kind stand beside those by order. */
    private void checkTogether(List<KeyPart> parts) {
        List<PartKind> kinds =
                parts.stream().map(KeyPart::kind).filter(kind -> kind != PartKind.ORDERED).toList();
        if (kinds.stream().distinct().count() > 1) {
            throw refused("Can't use more than one index plugin for a single index.", Map.of())
                    .at(location);
        }
        if (kinds.size() > 1 && kinds.contains(PartKind.HASHED)) {
            throw new SmilodonException(
                            TOO_MANY_HASHED,
                            "A maximum of one index field is allowed to be hashed",
                            Map.of("found", kinds.size()))
                    .at(location);
        }
        if (kinds.contains(PartKind.WILDCARD)) {
            checkWildcard(parts, kinds.size());
        }
    }

    /** The other fields lie beside what the wildcard means, unless a projection sees to that. */
    private void checkWildcard(List<KeyPart> parts, int wildcards) {
        if (wildcards > 1) {
            throw new SmilodonException(
                            TOO_MANY_WILDCARDS,
                            "Index Key can contain only one wildcard index field",
                            Map.of("found", wildcards))
                    .at(location);
        }
        KeyPart wildcard =
                parts.stream().filter(part -> part.kind() == PartKind.WILDCARD).toList().get(0);
        int above = wildcard.path().length() - 1;
        for (KeyPart part : parts) {
            if (above > 0
                    && part != wildcard
                    && wildcard.path().prefix(above).isPrefixOf(part.path())) {
                throw new SmilodonException(
                                WILDCARD_OVERLAPS,
                                "A wildcard index field should not overlap with an index key field",
                                Map.of("field", part.path(), "wildcard", wildcard.path()))
                        .at(location.child(part.path().dotted()));
            }
        }
    }

    private FieldPath path(String dotted, PartKind kind) {
        if (dotted.isEmpty()) {
            throw refused("Index keys cannot be an empty field.", Map.of())
                    .at(location.child(dotted));
        }
        FieldPath path = FieldPath.parse(dotted);
        boolean mayBeWildcard = kind.isByValue() || kind == PartKind.TEXT;
        int last = path.length() - 1;
        for (int i = 0; i < path.length(); i++) {
            String step = path.steps().get(i);
            if (i < last || !mayBeWildcard || !step.equals(KeyPart.ALL_BELOW)) {
                checkStep(dotted, step, i == 0);
            }
        }
        return path;
    }

    private void checkStep(String dotted, String step, boolean isFirst) {
        Map<String, String> details = Map.of("field", dotted);
        if (step.isEmpty()) {
            throw refused("Index keys cannot contain an empty field.", details)
                    .at(location.child(dotted));
        }
        if (step.startsWith("$") && (isFirst || !REFERENCE_FIELDS.contains(step))) {
            throw refused(
                            "Index key contains an illegal field name: field name starts with '$'.",
                            details)
                    .at(location.child(dotted));
        }
    }

    private PartKind kind(Field field) {
        Location place = location.child(field.name());
        return switch (field.value()) {
            case NumberValue number -> PartKind.ORDERED;
            case StringValue text ->
                    PartKind.named(text.value())
                            .orElseThrow(() -> unknownKind(field.name(), text.value()).at(place));
            case Value other ->
                    throw refused(
                                    "Values in v:2 index key pattern cannot be of this type. Only"
                                            + " numbers > 0, numbers < 0, and strings are allowed.",
                                    Map.of("field", field.name(), "type", other.type().alias()))
                            .at(place);
        };
    }

    private Direction direction(Field field) {
        return field.value() instanceof NumberValue number
                ? sign(field.name(), number.toDouble())
                : Direction.FORWARD;
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
        return refused("Unknown index plugin", Map.of("field", field, "type", kind))
                .withHint(KINDS);
    }

    private static SmilodonException refused(String template, Map<String, ?> details) {
        return new SmilodonException(ErrorCode.CANNOT_CREATE_INDEX, template, details);
    }
}

package io.smilodon.query.sort;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.Dialect;
import io.smilodon.query.metadata.MetadataKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The order that a sort asks for: paths, the first deciding first. Immutable and thread-safe.
 *
 * @param parts at least one, at most {@link #PARTS_MAX}
 * @param order how values compare
 */
public record SortPattern(List<SortPart> parts, ValueOrder order) {

    public static final int PARTS_MAX = 32;

    private static final ErrorCode TOO_MANY_KEYS = ErrorCode.location(13103);
    private static final ErrorCode NOT_A_DIRECTION = ErrorCode.location(15974);
    private static final ErrorCode OTHER_NUMBER = ErrorCode.location(15975);
    private static final ErrorCode NO_KEY = ErrorCode.location(15976);
    private static final ErrorCode ILLEGAL_META = ErrorCode.location(31138);

    public SortPattern {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a sort has at least one key");
        }
    }

    /** An order without a collation. */
    public SortPattern(List<SortPart> parts) {
        this(parts, ValueOrder.ASCENDING);
    }

    /** The same paths, where values compare in this order. */
    public SortPattern under(ValueOrder other) {
        return other == order ? this : new SortPattern(parts, other);
    }

    /** Reads {@code {a: 1, b: -1}}. */
    public static SortPattern parse(Document pattern) {
        return parse(pattern, Location.ROOT);
    }

    /**
     * Reads {@code {a: 1, b: -1}} at this place of a request.
     *
     * @throws SmilodonException 15976 if it is empty, 15974 or 15975 for what is no direction,
     *     13103 for too many keys, and the codes of bad paths
     */
    public static SortPattern parse(Document pattern, Location location) {
        List<SortPart> parts = new ArrayList<>();
        for (Field field : pattern) {
            Location place = location.child(field.name());
            if (parts.size() == PARTS_MAX) {
                throw new SmilodonException(
                                TOO_MANY_KEYS, "too many compound keys", Map.of("max", PARTS_MAX))
                        .at(place);
            }
            FieldPath path = SortPaths.parse(field.name(), place);
            parts.add(part(path, field.value(), place));
        }
        if (parts.isEmpty()) {
            throw new SmilodonException(NO_KEY, "$sort stage must have at least one sort key")
                    .at(location);
        }
        return new SortPattern(parts);
    }

    private static SortPart part(FieldPath path, Value written, Location place) {
        if (!(written instanceof Document document && document.has("$meta"))) {
            return new SortPart(path, isAscending(written, place));
        }
        Dialect.check("$meta", place);
        if (document.size() != 1) {
            throw new SmilodonException(
                            ILLEGAL_META,
                            "Cannot have additional keys in a $meta sort specification",
                            Map.of("found", document))
                    .at(place);
        }
        MetadataKind kind =
                Optional.of(document.get("$meta"))
                        .filter(StringValue.class::isInstance)
                        .flatMap(name -> MetadataKind.named(((StringValue) name).value()))
                        .filter(MetadataKind::isSortable)
                        .orElseThrow(() -> illegalMeta(document, place));
        return new SortPart(path, kind.isLowestFirst(), Optional.of(kind));
    }

    private static SmilodonException illegalMeta(Document written, Location place) {
        return new SmilodonException(ILLEGAL_META, "Illegal $meta sort", Map.of("found", written))
                .at(place);
    }

    /** Whether it asks for more than the fields of documents. */
    public boolean readsMetadata() {
        return parts.stream().anyMatch(part -> part.metadata().isPresent());
    }

    private static boolean isAscending(Value direction, Location place) {
        if (!(direction instanceof NumberValue number)) {
            throw new SmilodonException(
                            NOT_A_DIRECTION,
                            "Illegal key in $sort specification",
                            Map.of("type", direction.type().alias(), "expected", "1 or -1"))
                    .at(place);
        }
        if (Math.abs(number.toDouble()) != 1) {
            throw new SmilodonException(
                            OTHER_NUMBER,
                            "$sort key ordering must be 1 (for ascending) or -1 (for descending)",
                            Map.of("actual", number.toDouble()))
                    .at(place);
        }
        return number.toDouble() > 0;
    }

    /**
     * What stands for the document in this order: of an array the least element by it, so the
     * lowest ascending and the highest descending; undefined for an empty array, null for an absent
     * field.
     *
     * @throws SmilodonException code 2 if two keys run into different arrays
     */
    public SortKey keyOf(Document document) {
        return new SortKeyExtraction(this).of(document);
    }

    /** The order of keys that {@link #keyOf} made. */
    public Comparator<SortKey> keyComparator() {
        return this::compare;
    }

    /**
     * The order of documents. Makes their keys anew at each comparison: to sort many, keep the
     * keys.
     */
    public Comparator<Document> comparator() {
        return (left, right) -> compare(keyOf(left), keyOf(right));
    }

    int compare(SortKey left, SortKey right) {
        for (int i = 0; i < parts.size(); i++) {
            int ascending = order.compare(left.value(i), right.value(i));
            if (ascending != 0) {
                return parts.get(i).isAscending() ? ascending : -ascending;
            }
        }
        return 0;
    }

    /** The pattern as a request writes it. */
    public Document toDocument() {
        DocumentBuilder pattern = Document.builder();
        for (SortPart part : parts) {
            Value direction = Value.of(part.isAscending() ? 1 : -1);
            pattern.put(
                    part.path().dotted(),
                    part.metadata()
                            .<Value>map(kind -> Document.of("$meta", Value.of(kind.argument())))
                            .orElse(direction));
        }
        return pattern.build();
    }
}

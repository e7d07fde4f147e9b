package io.smilodon.database.stream;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.BsonSize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * An event that is too large for one document, divided as MongoDB does: its top-level fields, the
 * smallest first, as many in a fragment as fit; each fragment has a token and {@code splitEvent:
 * {fragment, of}}.
 */
final class EventFragments {

    /** A document of 16 MiB and what an event says besides. */
    static final long BYTES_MAX = Limits.DOCUMENT_BYTES_MAX + (16 << 10);

    private static final String ID = "_id";

    private EventFragments() {}

    /** A top-level field of an event. */
    private record Part(Field field, long bytes) {

        static final Comparator<Part> SMALLEST_FIRST =
                Comparator.comparingLong(Part::bytes).thenComparing(part -> part.field.name());

        static Part of(Field field) {
            return new Part(field, BsonSize.of(Document.of(field.name(), field.value())));
        }
    }

    /** Whether an event has to be divided. */
    static boolean isTooLarge(Document event) {
        return BsonSize.of(event) + tokenBytes(event) > BYTES_MAX;
    }

    private static long tokenBytes(Document event) {
        return BsonSize.of(Document.of(ID, event.get(ID)));
    }

    /**
     * The fragments of an event.
     *
     * @param token behind the event
     * @throws SmilodonException 7182500 if one of its fields alone is too large, 7182502 if it has
     *     none
     */
    static List<Document> of(Document event, ResumeToken token) {
        List<Part> parts = new ArrayList<>();
        for (Field field : event) {
            if (!field.name().equals(ID)) {
                parts.add(Part.of(field));
            }
        }
        if (parts.isEmpty()) {
            throw new SmilodonException(
                    ErrorCode.location(7182502),
                    "Cannot split an empty event or an event containing solely '_id' field");
        }
        parts.sort(Part.SMALLEST_FIRST);
        List<List<Part>> divided = divide(parts, BYTES_MAX - tokenBytes(event));
        List<Document> fragments = new ArrayList<>();
        for (List<Part> fragment : divided) {
            DocumentBuilder document = begin(token, fragments.size(), divided.size());
            fragment.forEach(part -> document.put(part.field.name(), part.field.value()));
            fragments.add(document.build());
        }
        return fragments;
    }

    private static DocumentBuilder begin(ResumeToken token, int index, int count) {
        return Document.builder()
                .put(ID, token.behindFragment(index).toDocument())
                .put(
                        "splitEvent",
                        Document.of("fragment", Value.of(index + 1)).with("of", Value.of(count)));
    }

    private static List<List<Part>> divide(List<Part> parts, long bytesMax) {
        long empty = BsonSize.of(begin(ResumeToken.LONGEST, 0, 0).build());
        List<List<Part>> divided = new ArrayList<>();
        long bytes = bytesMax;
        for (Part part : parts) {
            if (bytes + part.bytes > bytesMax) {
                divided.add(new ArrayList<>());
                bytes = empty;
            }
            bytes += part.bytes;
            requireFits(bytes, bytesMax);
            divided.getLast().add(part);
        }
        return divided;
    }

    private static void requireFits(long bytes, long bytesMax) {
        if (bytes > bytesMax) {
            throw new SmilodonException(
                            ErrorCode.location(7182500),
                            "Splitting change event failed: a fragment is greater than the maximum"
                                    + " allowed fragment size",
                            Map.of("bytes", bytes, "limit", bytesMax))
                    .withHint("Leave out parts of the field with $project or $unset.");
        }
    }
}

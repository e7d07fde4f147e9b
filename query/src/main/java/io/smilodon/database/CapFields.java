package io.smilodon.database;

import io.smilodon.database.catalog.Cap;
import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options that say how much a capped collection holds, of {@code create} and of {@code
 * collMod}; null counts as absent.
 *
 * @param written the options
 * @param location where they stand in the request
 */
record CapFields(Document written, Location location) {

    static final String CAPPED = "capped";
    static final String SIZE = "size";
    static final String MAX = "max";
    static final String CAPPED_SIZE = "cappedSize";
    static final String CAPPED_MAX = "cappedMax";

    /** Those of {@code create}. */
    static final List<String> OF_CREATE = List.of(CAPPED, SIZE, MAX);

    /** Those of {@code collMod}. */
    static final List<String> OF_CHANGE = List.of(CAPPED_SIZE, CAPPED_MAX);

    private static final long BYTES_MAX = 1L << 50;
    private static final long DOCUMENTS_MAX = Integer.MAX_VALUE;

    private static final ErrorCode OUT_OF_RANGE = ErrorCode.location(51024);

    /**
     * What {@code create} asks for; empty for a collection that is not capped.
     *
     * @throws SmilodonException 14, 51024 for a number out of its range, 72 for options that do not
     *     go together
     */
    Optional<Cap> ofCreate() {
        boolean isCapped = isTrue(CAPPED);
        Optional<Long> size = size(SIZE);
        Optional<Long> max = max(MAX);
        if (!isCapped && (size.isPresent() || max.isPresent())) {
            throw invalid(
                    CAPPED,
                    "the 'capped' field needs to be true when either the 'size' or 'max' fields"
                            + " are present");
        }
        if (!isCapped) {
            return Optional.empty();
        }
        if (size.isEmpty()) {
            throw invalid(SIZE, "the 'size' field is required when 'capped' is true");
        }
        return Optional.of(new Cap(size.get(), Math.max(0, max.orElse(0L))));
    }

    /**
     * What {@code collMod} makes of a collection.
     *
     * @throws SmilodonException as above; 72 if it is not capped
     */
    CollectionEntry change(CollectionEntry entry) {
        Optional<Long> size = size(CAPPED_SIZE);
        Optional<Long> max = max(CAPPED_MAX);
        if (size.isEmpty() && max.isEmpty()) {
            return entry;
        }
        Cap cap =
                entry.options()
                        .cap()
                        .orElseThrow(() -> invalid(CAPPED_SIZE, "Collection must be capped."));
        Cap sized = size.map(cap::withBytesMax).orElse(cap);
        Cap changed =
                max.map(documents -> documents <= 0 ? DOCUMENTS_MAX : documents)
                        .map(sized::withDocumentsMax)
                        .orElse(sized);
        return entry.withOptions(entry.options().withCap(changed));
    }

    private boolean isTrue(String option) {
        return switch (written.get(option)) {
            case Missing missing -> false;
            case NullValue absent -> false;
            case BooleanValue flag -> flag.value();
            case NumberValue number -> number.toDouble() != 0;
            default -> throw wrongType(option, "bool or number");
        };
    }

    /** How many bytes. */
    Optional<Long> size(String option) {
        Optional<Long> size = number(option);
        if (size.isPresent() && (size.get() <= 0 || size.get() > BYTES_MAX)) {
            throw outOfRange(option, size.get() <= 0 ? "> 0" : "<= " + BYTES_MAX);
        }
        return size;
    }

    private Optional<Long> max(String option) {
        Optional<Long> max = number(option);
        if (max.isPresent() && max.get() > DOCUMENTS_MAX) {
            throw outOfRange(option, "<= " + DOCUMENTS_MAX);
        }
        return max;
    }

    private Optional<Long> number(String option) {
        return switch (written.get(option)) {
            case Missing missing -> Optional.empty();
            case NullValue absent -> Optional.empty();
            case NumberValue number -> Optional.of(number.toLong());
            default -> throw wrongType(option, "number");
        };
    }

    private SmilodonException wrongType(String option, String expected) {
        return OptionFields.wrongType(
                written.get(option), expected, option, location.child(option));
    }

    private SmilodonException outOfRange(String option, String expected) {
        return new SmilodonException(
                        OUT_OF_RANGE,
                        "Option of a collection is out of its range",
                        Map.of(
                                "option",
                                option,
                                "actual",
                                written.get(option),
                                "expected",
                                expected))
                .at(location.child(option));
    }

    private SmilodonException invalid(String option, String template) {
        return new SmilodonException(ErrorCode.INVALID_OPTIONS, template)
                .at(location.child(option));
    }
}

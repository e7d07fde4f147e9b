package io.smilodon.query.value;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import java.util.Map;

/**
 * Keeps values that are made from growing too deep or too large: input is limited, but a few
 * operators can double what they are given again and again. What walks values relies on it. Counts
 * what is added as if nothing in it were shared. Not thread-safe.
 */
public final class Growth {

    /** Estimated bytes in memory, as much as a stage may hold. */
    public static final long BYTES_MAX = 100L << 20;

    private static final long REFERENCE_BYTES = 8;

    private final int outerLevels;
    private long bytes;

    private Growth(int outerLevels) {
        this.outerLevels = outerLevels;
    }

    /** Of values that stand inside so many documents and arrays; 0 for a document itself. */
    public static Growth under(int levels) {
        return new Growth(levels);
    }

    /**
     * Counts a value.
     *
     * @throws SmilodonException Overflow if its documents and arrays and those around it are more
     *     than {@link Limits#NESTING_MAX} levels, ExceededMemoryLimit if all values together exceed
     *     {@link #BYTES_MAX}
     */
    public void add(Value value) {
        add(value, outerLevels);
    }

    /** Counts a value that stands inside so many documents and arrays. */
    public void add(Value value, int levels) {
        count(MemorySize.ofSelf(value));
        switch (value) {
            case Document document -> {
                requireRoom(levels);
                for (Field field : document) {
                    count(MemorySize.ofName(field.name()));
                    add(field.value(), levels + 1);
                }
            }
            case ArrayValue array -> {
                requireRoom(levels);
                for (Value element : array) {
                    add(element, levels + 1);
                }
            }
            default -> {
                if (levels > Limits.NESTING_MAX) {
                    throw tooDeep();
                }
            }
        }
    }

    /** Counts places in arrays that share one value. */
    public void addReferences(long places) {
        count(places * REFERENCE_BYTES);
    }

    private void count(long more) {
        Steps.take();
        bytes += more;
        if (bytes > BYTES_MAX) {
            throw new SmilodonException(
                    ErrorCode.EXCEEDED_MEMORY_LIMIT,
                    "Values made by the operation would exceed the memory limit",
                    Map.of("limitBytes", BYTES_MAX));
        }
    }

    private static void requireRoom(int levels) {
        if (levels >= Limits.NESTING_MAX) {
            throw tooDeep();
        }
    }

    private static SmilodonException tooDeep() {
        return new SmilodonException(
                ErrorCode.OVERFLOW,
                "Document exceeds maximum nesting depth",
                Map.of("limit", Limits.NESTING_MAX));
    }
}

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

    /** Estimated bytes in memory: as much as a stage may hold, where the heap has room for it. */
    public static final long BYTES_MAX = Math.min(100L << 20, Runtime.getRuntime().maxMemory() / 4);

    private static final long REFERENCE_BYTES = 8;

    private final Steps steps = Steps.ofThread();
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
        add(value, levels, false);
    }

    /**
     * @param isStored whether it is a part of stored bytes that have been counted
     */
    private void add(Value value, int levels, boolean isStored) {
        count(isStored ? 0 : MemorySize.ofSelf(value));
        switch (value) {
            case Document document -> {
                requireRoom(levels);
                boolean isView = isStored || document.storedBytes() > 0;
                for (Field field : document) {
                    count(isView ? 0 : MemorySize.ofName(field.name()));
                    add(field.value(), levels + 1, isView);
                }
            }
            case ArrayValue array -> {
                requireRoom(levels);
                boolean isView = isStored || array.storedBytes() > 0;
                for (Value element : array) {
                    add(element, levels + 1, isView);
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
        steps.takeHere();
        bytes += more;
        if (bytes > BYTES_MAX) {
            throw tooLarge();
        }
    }

    /** What has been counted. */
    long bytes() {
        return bytes;
    }

    static SmilodonException tooLarge() {
        return new SmilodonException(
                ErrorCode.EXCEEDED_MEMORY_LIMIT,
                "Values made by the operation would exceed the memory limit",
                Map.of("limitBytes", BYTES_MAX));
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

package io.smilodon.query.value;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;

/**
 * Values that an expression keeps while it evaluates more: all that the expressions under way on a
 * thread keep is held to one limit, however they stand inside each other. Of a few values only
 * those count that are large and not stored. Closed when they are put to use. Not thread-safe.
 */
public final class HeldValues implements AutoCloseable {

    /** Of so few values, those that are stored cannot become more than a request may hold. */
    private static final int FEW = 16;

    private static final int TEXT_COUNTED = 256;

    private final boolean countsAll;
    private Growth growth;
    private Steps steps;
    private long bytes;

    /**
     * @param count how many there will be: of many each one counts
     */
    public HeldValues(int count) {
        this.countsAll = count > FEW;
    }

    /**
     * Keeps one more.
     *
     * @throws SmilodonException ExceededMemoryLimit if that is too much, Overflow if it is nested
     *     too deep
     */
    public void add(Value value) {
        if (countsAll || isLarge(value)) {
            count(value);
        }
    }

    /** Whether a value may by itself take much memory that nobody else has counted. */
    public static boolean isLarge(Value value) {
        return switch (value) {
            case ArrayValue array -> array.storedBytes() == 0;
            case Document document -> document.storedBytes() == 0;
            case StringValue text -> text.value().length() > TEXT_COUNTED;
            default -> false;
        };
    }

    private void count(Value value) {
        if (growth == null) {
            growth = Growth.under(0);
            steps = Steps.ofThread();
        }
        growth.add(value);
        long more = growth.bytes() - bytes;
        bytes += more;
        if (steps.hold(more) > Growth.BYTES_MAX) {
            throw Growth.tooLarge();
        }
    }

    @Override
    public void close() {
        if (steps != null) {
            steps.hold(-bytes);
            bytes = 0;
        }
    }
}

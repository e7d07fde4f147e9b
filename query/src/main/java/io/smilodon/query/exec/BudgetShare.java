package io.smilodon.query.exec;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.ScratchFile;
import java.util.Map;

/**
 * What one operation has taken of the budget of all. It takes parts that are large enough to be
 * asked for seldom. Knows nothing of the operation, so that it can outlive one that nobody has
 * closed. Thread-safe.
 */
final class BudgetShare implements ScratchFile.Quota {

    /** What is taken at a time by who has more than that. */
    static final long PART_BYTES = 1 << 20;

    /** What is taken at a time before. */
    private static final long SMALL_PART_BYTES = 16 << 10;

    private final OperationBudget budget;

    /** Changed while this is locked. */
    private volatile long memoryBytes;

    /** Guarded by this. */
    private long scratchBytes;

    /** Guarded by this: what its files hold of that. */
    private long writtenBytes;

    BudgetShare(OperationBudget budget) {
        this.budget = budget;
    }

    /** Whether so much may be held: true if it was taken before, or could be taken now. */
    boolean hasMemory(long bytes) {
        return bytes <= memoryBytes || tryTakeMemory(bytes);
    }

    private synchronized boolean tryTakeMemory(long bytes) {
        long more = inParts(bytes) - memoryBytes;
        boolean isTaken = more <= 0 || budget.tryTakeMemory(more);
        if (isTaken && more > 0) {
            memoryBytes += more;
        }
        return isTaken;
    }

    /** Gives back what is not needed to hold so much, but for a part to go on with. */
    void needMemory(long bytes) {
        long mine = memoryBytes;
        if (mine != 0 && (bytes <= 0 || mine - bytes > 2 * PART_BYTES)) {
            giveMemory(Math.max(0, bytes));
        }
    }

    private synchronized void giveMemory(long needed) {
        long less = memoryBytes - inParts(needed);
        if (less > 0) {
            memoryBytes -= less;
            budget.giveMemory(less);
        }
    }

    /** Gives back everything: nobody knows the operation any more. */
    synchronized void giveAll() {
        needMemory(0);
        give(writtenBytes);
    }

    private static long inParts(long bytes) {
        long part = bytes > PART_BYTES ? PART_BYTES : SMALL_PART_BYTES;
        long parts = bytes / part + (bytes % part == 0 ? 0 : 1);
        return parts > Long.MAX_VALUE / part ? bytes : parts * part;
    }

    @Override
    public synchronized void take(long bytes) {
        long most = budget.limits().scratchBytesMax();
        if (bytes > most - writtenBytes) {
            throw new SmilodonException(
                    ErrorCode.QUERY_EXCEEDED_MEMORY_LIMIT,
                    "Exceeded the limit of temporary files of one operation",
                    Map.of("limitBytes", most));
        }
        long more = inParts(writtenBytes + bytes) - scratchBytes;
        if (more > 0) {
            budget.takeScratch(more);
            scratchBytes += more;
        }
        writtenBytes += bytes;
    }

    @Override
    public synchronized void give(long bytes) {
        writtenBytes -= bytes;
        long less = scratchBytes - inParts(writtenBytes);
        scratchBytes -= less;
        budget.giveScratch(less);
    }
}

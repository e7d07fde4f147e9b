package io.smilodon.query.exec;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.ScratchFile;
import io.smilodon.query.expression.BoundVariables;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all operations of one database hold together, in memory and in temporary files, so that many
 * of them can no more exhaust the process than one can. Thread-safe.
 */
public final class OperationBudget {

    /** That of operations which belong to no database. */
    static final OperationBudget UNSHARED =
            new OperationBudget(
                    new OperationLimits(0, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 1.0));

    private final OperationLimits limits;
    private final AtomicLong memoryBytes = new AtomicLong();
    private final AtomicLong scratchBytes = new AtomicLong();

    public OperationBudget(OperationLimits limits) {
        this.limits = limits;
    }

    /**
     * An operation that takes from it.
     *
     * @param limitMillis time after which it fails with {@code MaxTimeMSExpired}; 0 for never
     */
    public OperationContext begin(long limitMillis) {
        return OperationContext.of(limitMillis, limits.memoryBytesMax(), this);
    }

    /**
     * The same of a request with variables: the instant is theirs, and what they hold counts until
     * {@link OperationContext#end}.
     *
     * @throws SmilodonException what {@link OperationContext#reserve} throws
     */
    public OperationContext begin(long limitMillis, BoundVariables variables) {
        return begin(limitMillis).at(variables.now()).holdingVariables(variables.memoryBytes());
    }

    OperationLimits limits() {
        return limits;
    }

    /**
     * What operations hold at one moment.
     *
     * @param memoryBytes what sorting, grouping and the like have taken, and large variables
     * @param scratchBytes what their temporary files have taken; both in parts of 1 MiB, smaller
     *     ones before
     */
    public record Held(long memoryBytes, long scratchBytes) {}

    /** What all operations hold now. */
    public Held held() {
        return new Held(memoryBytes.get(), scratchBytes.get());
    }

    /** Whether so much memory is taken that who does not work should do without. */
    boolean isScarce() {
        return memoryBytes.get() > limits.sharedMemoryBytesMax() / 2;
    }

    boolean tryTakeMemory(long bytes) {
        if (memoryBytes.addAndGet(bytes) <= limits.sharedMemoryBytesMax()) {
            return true;
        }
        memoryBytes.addAndGet(-bytes);
        return false;
    }

    void giveMemory(long bytes) {
        memoryBytes.addAndGet(-bytes);
    }

    /** What is missing will be there again as soon as others end. */
    SmilodonException exhausted(String stage) {
        return new SmilodonException(
                        ErrorCode.TEMPORARILY_UNAVAILABLE,
                        "All operations together hold as much memory as they may",
                        Map.of("stage", stage, "limitBytes", limits.sharedMemoryBytesMax()))
                .withHint("try again when others have ended");
    }

    /**
     * Takes room for temporary files.
     *
     * @throws SmilodonException {@code OutOfDiskSpace} if too little would be left for others
     */
    void takeScratch(long bytes) {
        long taken = scratchBytes.addAndGet(bytes);
        double most = limits.scratchDiskShare() * ((double) ScratchFile.usableBytes() + taken);
        if (taken > most) {
            scratchBytes.addAndGet(-bytes);
            throw new SmilodonException(
                            ErrorCode.OUT_OF_DISK_SPACE,
                            "Temporary files take as much of the disk as they may",
                            Map.of("limitBytes", (long) most))
                    .withHint("try again when others have ended, or free space on the disk");
        }
    }

    void giveScratch(long bytes) {
        scratchBytes.addAndGet(-bytes);
    }
}

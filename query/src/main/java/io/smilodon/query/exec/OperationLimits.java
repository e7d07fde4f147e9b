package io.smilodon.query.exec;

/**
 * What operations may take.
 *
 * @param timeMillisMax time after which an operation of the program fails that does not say so
 *     itself; 0 for never. It does not apply to building and checking indexes, nor to reading on
 *     with a cursor that is open
 * @param memoryBytesMax what sorting, grouping and the like of one operation hold in memory
 * @param sharedMemoryBytesMax what those of all operations hold together
 * @param scratchBytesMax temporary files of one operation
 * @param scratchDiskShare temporary files of all operations, as a part of the space that would be
 *     free without them
 */
public record OperationLimits(
        long timeMillisMax,
        long memoryBytesMax,
        long sharedMemoryBytesMax,
        long scratchBytesMax,
        double scratchDiskShare) {

    private static final long HEAP_PERCENT = 40;

    /**
     * No time limit; 100 MiB for an operation, as in MongoDB, and 40 % of the heap for all; 1 GiB
     * of temporary files for an operation, and a tenth of the free space for all.
     */
    public static final OperationLimits DEFAULTS =
            new OperationLimits(
                    0,
                    100L << 20,
                    Runtime.getRuntime().maxMemory() / 100 * HEAP_PERCENT,
                    1L << 30,
                    0.1);

    public OperationLimits {
        if (timeMillisMax < 0) {
            throw new IllegalArgumentException("timeMillisMax: " + timeMillisMax);
        }
        checkPositive("memoryBytesMax", memoryBytesMax);
        checkPositive("sharedMemoryBytesMax", sharedMemoryBytesMax);
        checkPositive("scratchBytesMax", scratchBytesMax);
        if (!(scratchDiskShare > 0 && scratchDiskShare <= 1)) {
            throw new IllegalArgumentException("scratchDiskShare: " + scratchDiskShare);
        }
    }

    private static void checkPositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + ": " + value);
        }
    }

    public OperationLimits withTimeMillisMax(long millis) {
        return new OperationLimits(
                millis, memoryBytesMax, sharedMemoryBytesMax, scratchBytesMax, scratchDiskShare);
    }

    public OperationLimits withMemoryBytesMax(long bytes) {
        return new OperationLimits(
                timeMillisMax, bytes, sharedMemoryBytesMax, scratchBytesMax, scratchDiskShare);
    }

    public OperationLimits withSharedMemoryBytesMax(long bytes) {
        return new OperationLimits(
                timeMillisMax, memoryBytesMax, bytes, scratchBytesMax, scratchDiskShare);
    }

    public OperationLimits withScratchBytesMax(long bytes) {
        return new OperationLimits(
                timeMillisMax, memoryBytesMax, sharedMemoryBytesMax, bytes, scratchDiskShare);
    }

    public OperationLimits withScratchDiskShare(double share) {
        return new OperationLimits(
                timeMillisMax, memoryBytesMax, sharedMemoryBytesMax, scratchBytesMax, share);
    }
}

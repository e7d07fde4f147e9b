package io.smilodon.query.exec;

/** What one stage of a running plan has done so far. Not thread-safe. */
public final class StageCounts {

    private final Examined total;
    private long returned;
    private long keysExamined;
    private long documentsExamined;
    private long nanos;
    private boolean usedDisk;

    /** Counts for nobody else. */
    StageCounts() {
        this(new Examined());
    }

    /**
     * @param total counts what all stages of the request read
     */
    StageCounts(Examined total) {
        this.total = total;
    }

    void countReturned() {
        returned++;
    }

    void countKey() {
        keysExamined++;
        total.addKeys(1);
    }

    /** Takes over what a cursor below counts itself. */
    void keysExamined(long soFar) {
        total.addKeys(soFar - keysExamined);
        keysExamined = soFar;
    }

    void countDocument() {
        documentsExamined++;
        total.addDocuments(1);
    }

    void addNanos(long elapsed) {
        nanos += elapsed;
    }

    /** Documents or index entries that the stage handed on. */
    public long returned() {
        return returned;
    }

    /** Index entries that the stage itself read. */
    public long keysExamined() {
        return keysExamined;
    }

    /** Documents that the stage itself read. */
    public long documentsExamined() {
        return documentsExamined;
    }

    void countDisk(boolean isUsed) {
        usedDisk = isUsed;
    }

    /** Whether what the stage keeps did not fit into memory. */
    public boolean usedDisk() {
        return usedDisk;
    }

    /** Time in the stage and its inputs; measured for explain only. */
    public long nanos() {
        return nanos;
    }
}

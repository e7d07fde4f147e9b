package io.smilodon.query.exec;

/** What one stage of a running plan has done so far. Not thread-safe. */
public final class StageCounts {

    private long returned;
    private long keysExamined;
    private long documentsExamined;
    private long nanos;
    private boolean usedDisk;

    void countReturned() {
        returned++;
    }

    void countKey() {
        keysExamined++;
    }

    /** Takes over what a cursor below counts itself. */
    void keysExamined(long soFar) {
        keysExamined = soFar;
    }

    void countDocument() {
        documentsExamined++;
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

package io.smilodon.database;

/** How much is committed at a time by what writes many documents. */
final class PartSize {

    /**
     * 8 MiB, and at most a thirty-second of the heap: several parts, each in a memtable that it may
     * fill beyond its size, can wait to be flushed.
     */
    static final long BYTES_MAX = Math.min(8L << 20, Runtime.getRuntime().maxMemory() / 32);

    private PartSize() {}
}

package io.smilodon.bench.run;

/** What a figure tells. Of all but {@link #PER_SECOND}, less is better. */
enum Kind {
    CPU_MICROS("CPU us/op"),
    P50_MICROS("p50 us"),
    P99_MICROS("p99 us"),
    PER_SECOND("per second"),
    WALL_MILLIS("ms to first read"),
    CPU_MILLIS("CPU ms"),
    DISK_BYTES("disk bytes/document"),
    LOG_BYTES("logs and reserve, bytes/document"),
    HEAP_MEGABYTES("heap MB after GC"),
    PSS_MEGABYTES("PSS MB");

    private final String title;

    Kind(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}

package io.smilodon.engine.torture;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What a suite has counted. Thread-safe. */
public final class Tally {

    /** The counter of the suite's unit. */
    public static final String UNITS = "units";

    private final Map<String, LongAdder> counters = new ConcurrentSkipListMap<>();

    public void add(String what, long times) {
        counters.computeIfAbsent(what, key -> new LongAdder()).add(times);
    }

    public long units() {
        return all().getOrDefault(UNITS, 0L);
    }

    /** Every counter by name. */
    public Map<String, Long> all() {
        Map<String, Long> all = new TreeMap<>();
        counters.forEach((name, counter) -> all.put(name, counter.sum()));
        return all;
    }
}

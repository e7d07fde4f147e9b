package io.smilodon.database.hostile;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.MemorySize;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The least that a request can do which ends because its memory is full: it makes arrays of one
 * number until they would take that much, and looks at each of them twice. What it takes says how
 * fast this machine is now, and how far the loops have been compiled.
 */
final class PlainFill {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int ARRAY_LENGTH = 20_000;

    private PlainFill() {}

    /** The processor's time for so many bytes. */
    static long millis(long wanted) {
        long start = THREADS.getCurrentThreadCpuTime();
        List<Value> made = new ArrayList<>();
        long bytes = 0;
        while (bytes <= wanted) {
            Value array = array();
            MemorySize.of(array);
            bytes += MemorySize.of(array);
            made.add(array);
        }
        return TimeUnit.NANOSECONDS.toMillis(THREADS.getCurrentThreadCpuTime() - start);
    }

    private static Value array() {
        List<Value> elements = new ArrayList<>();
        for (int number = 0; number < ARRAY_LENGTH; number++) {
            elements.add(ArrayValue.of(List.of(Value.of(number))));
        }
        return ArrayValue.of(elements);
    }
}

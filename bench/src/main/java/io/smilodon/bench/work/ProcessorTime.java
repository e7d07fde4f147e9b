package io.smilodon.bench.work;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The processor time of this process, with its compiler and collector threads, and of a peer's
 * servers with the children they have lost (proc(5)). Stateless.
 */
final class ProcessorTime {

    /** Linux counts in hundredths of a second on all its platforms. */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Fields of /proc/pid/stat, counted from behind the name of the program. */
    private static final int USER = 11;

    private static final int FIELDS = 4;

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private ProcessorTime() {}

    static long nanos(List<Long> servers) {
        long nanos = SYSTEM.getProcessCpuTime();
        for (long server : servers) {
            nanos += nanosOf(server, server == servers.get(0));
        }
        return nanos;
    }

    /**
     * How long their threads have waited for a processor that others had, by /proc/pid/schedstat of
     * each; 0 where the system does not count that. Threads that have ended are not in it.
     */
    static long waitedNanos(List<Long> servers) {
        long nanos = waitedNanosOf(ProcessHandle.current().pid());
        for (long server : servers) {
            nanos += waitedNanosOf(server);
        }
        return nanos;
    }

    private static long waitedNanosOf(long pid) {
        long nanos = 0;
        try (DirectoryStream<Path> threads =
                Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads) {
                nanos += waitedNanosOf(thread.resolve("schedstat"));
            }
        } catch (IOException | DirectoryIteratorException gone) {
            return nanos;
        }
        return nanos;
    }

    private static long waitedNanosOf(Path schedstat) {
        try {
            return Long.parseLong(Files.readString(schedstat).trim().split(" ")[1]);
        } catch (IOException ended) {
            return 0;
        }
    }

    private static long nanosOf(long pid, boolean withLostChildren) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = 0;
            for (int field = USER; field < USER + (withLostChildren ? FIELDS : 2); field++) {
                ticks += Long.parseLong(fields[field]);
            }
            return ticks * TICK_NANOS;
        } catch (IOException gone) {
            return 0; // its parent counts it from now on
        }
    }
}

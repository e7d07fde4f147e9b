package io.smilodon.engine.testing;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the threads of this JVM do at the moment, as text: what they wait for and who has it. */
public final class ThreadStacks {

    private static final String BLANK_LINE = "\n\n";

    private ThreadStacks() {}

    /** All of them, virtual ones too. */
    public static String all() {
        return platform(name -> true) + virtual();
    }

    /** Those with such names. */
    public static String named(Predicate<String> isMeant) {
        return platform(isMeant);
    }

    private static String platform(Predicate<String> isMeant) {
        ThreadInfo[] threads =
                ManagementFactory.getThreadMXBean().dumpAllThreads(true, true, Integer.MAX_VALUE);
        return Arrays.stream(threads)
                .filter(thread -> isMeant.test(thread.getThreadName()))
                .sorted(Comparator.comparing(ThreadInfo::getThreadName))
                .map(ThreadStacks::text)
                .collect(Collectors.joining("\n"));
    }

    private static String text(ThreadInfo thread) {
        StringBuilder text = new StringBuilder();
        text.append('"').append(thread.getThreadName()).append("\" #").append(thread.getThreadId());
        text.append(' ').append(thread.getThreadState());
        if (thread.getLockName() != null) {
            text.append(" on ").append(thread.getLockName());
        }
        if (thread.getLockOwnerName() != null) {
            text.append(" of \"").append(thread.getLockOwnerName()).append('"');
        }
        text.append('\n');
        StackTraceElement[] frames = thread.getStackTrace();
        for (int depth = 0; depth < frames.length; depth++) {
            text.append("    at ").append(frames[depth]).append('\n');
            for (MonitorInfo monitor : thread.getLockedMonitors()) {
                if (monitor.getLockedStackDepth() == depth) {
                    text.append("    has ").append(monitor).append('\n');
                }
            }
        }
        for (LockInfo lock : thread.getLockedSynchronizers()) {
            text.append("    has ").append(lock).append('\n');
        }
        return text.toString();
    }

    /** The management of threads does not list them; a dump in a file does. */
    private static String virtual() {
        try {
            Path folder = Files.createTempDirectory("threads");
            Path file = folder.resolve("threads.txt");
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
            String dump = Files.readString(file);
            Files.delete(file);
            Files.delete(folder);
            return Arrays.stream(dump.split(BLANK_LINE))
                    .filter(thread -> thread.lines().findFirst().orElse("").contains(" virtual"))
                    .map(thread -> BLANK_LINE + thread)
                    .collect(Collectors.joining());
        } catch (IOException unwritable) {
            return BLANK_LINE + "virtual threads: " + unwritable;
        }
    }
}

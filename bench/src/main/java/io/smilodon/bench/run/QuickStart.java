package io.smilodon.bench.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How Java is told to start soon, the same for every peer: one compiler, the simplest collector,
 * and what it has worked out about the program's classes is kept. That is the ahead-of-time cache
 * of JEP 483 and 514 from Java 25 on, and the shared archive of classes before.
 */
final class QuickStart {

    /** What a process is asked to do in the run from which the cache is made. */
    static final String TRAINING = "train";

    /** What it is asked to do where Java is told nothing of all this. */
    static final String FRESH = "fresh";

    private static final int FIRST_WITH_CACHE = 25;

    private QuickStart() {}

    /**
     * @param files where the cache lies, without the end of its name
     * @param task what the process is asked to do
     */
    static List<String> options(Path files, String task) {
        if (task.equals(FRESH)) {
            return List.of("-Xmx512m");
        }
        List<String> options =
                new ArrayList<>(
                        List.of(
                                "-Xmx512m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xlog:cds=off",
                                "-Xlog:cds+dynamic=off"));
        if (Runtime.version().feature() < FIRST_WITH_CACHE) {
            options.add("-XX:+AutoCreateSharedArchive");
            options.add("-XX:SharedArchiveFile=" + files + ".jsa");
        } else {
            String option = task.equals(TRAINING) ? "-XX:AOTCacheOutput=" : "-XX:AOTCache=";
            options.add(option + files + ".aot");
            options.add("-Xlog:aot=off");
        }
        return options;
    }
}

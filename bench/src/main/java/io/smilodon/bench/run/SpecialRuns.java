package io.smilodon.bench.run;

import java.io.PrintStream;

/** Runs of our own store alone, which ask for one thing each. Stateless. */
final class SpecialRuns {

    /** About 5 GB as they are stored before compression. */
    private static final int LARGE_DOCUMENTS = 7_700_000;

    /** About 1 GB. */
    private static final int KILLED_DOCUMENTS = 1_540_000;

    private SpecialRuns() {}

    static void run(String task, Arguments arguments, PrintStream out) throws Exception {
        switch (task) {
            case "large" -> new BigRuns(LARGE_DOCUMENTS, arguments, out).large();
            case "reopen" -> new BigRuns(KILLED_DOCUMENTS, arguments, out).reopen();
            case "fsyncs" -> new SyncCounts(arguments, out).run();
            default ->
                    throw new IllegalArgumentException(
                            "no run " + task + ", only large, reopen and fsyncs");
        }
    }
}

package io.smilodon.bench.run;

import java.io.PrintStream;

/** Runs of our own store alone, which ask for one thing each. Stateless. */
final class SpecialRuns {

    private SpecialRuns() {}

    static void run(String task, Arguments arguments, PrintStream out) throws Exception {
        switch (task) {
            case "fsyncs" -> new SyncCounts(arguments, out).run();
            default ->
                    throw new IllegalArgumentException(
                            "no run " + task + ", only large, reopen and fsyncs");
        }
    }
}

package io.smilodon.shell;

import java.io.PrintWriter;

/**
 * A line that grows while something long goes on. On a terminal it is drawn over itself; elsewhere
 * only finished steps are printed. One thread.
 */
final class ProgressBar implements AutoCloseable {

    private static final int WIDTH = 30;
    private static final int LABEL_WIDTH = 26;

    private final PrintWriter out;
    private final boolean redraws;
    private String current = "";

    /** The script that starts the program knows whether its output is a terminal. */
    ProgressBar(PrintWriter out) {
        this(out, Boolean.getBoolean("smilodon.terminal"));
    }

    ProgressBar(PrintWriter out, boolean redraws) {
        this.out = out;
        this.redraws = redraws;
    }

    /** Shows how far a step is; a new name begins a new line. */
    void at(String what, long done, long total) {
        if (redraws) {
            if (!current.isEmpty() && !current.equals(what)) {
                out.println();
            }
            current = what;
            out.print("\r" + line(what, done, total));
            out.flush();
        } else if (done == total && !what.equals(current)) {
            current = what;
            out.println(line(what, done, total));
        }
    }

    private static String line(String what, long done, long total) {
        int filled = total == 0 ? WIDTH : (int) (WIDTH * done / total);
        String bar = "#".repeat(filled) + ".".repeat(WIDTH - filled);
        return ("%-" + LABEL_WIDTH + "s [%s] %,d / %,d").formatted(what, bar, done, total);
    }

    @Override
    public void close() {
        if (redraws && !current.isEmpty()) {
            out.println();
        }
    }
}

package io.smilodon.shell;

/** The exit codes of commands on data directories. Wrong arguments are 2, as with all commands. */
final class ExitCodes {

    static final int GOOD = 0;

    /** It was done, and found damage, or lost something. */
    static final int PROBLEMS = 1;

    /**
     * It was not done, or not wholly: the directory is held, absent or cannot be read, the target
     * is not empty, damaged files were left out.
     */
    static final int NOT_DONE = 3;

    /** The server ended because a sync failed: start it anew (EX_TEMPFAIL of sysexits.h). */
    static final int POISONED = 75;

    private ExitCodes() {}
}

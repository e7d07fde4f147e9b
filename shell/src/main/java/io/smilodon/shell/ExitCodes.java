package io.smilodon.shell;

/** The exit codes of commands on data directories. Wrong arguments are 2, as with all commands. */
final class ExitCodes {

    static final int GOOD = 0;

    /** It was done, and found damage, or lost something. */
    static final int PROBLEMS = 1;

    /** It was not done: the directory is held, cannot be read, or the target is not empty. */
    static final int NOT_DONE = 3;

    /** The server ended because a sync failed: start it anew (EX_TEMPFAIL of sysexits.h). */
    static final int POISONED = 75;

    private ExitCodes() {}
}

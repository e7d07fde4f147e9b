package io.smilodon.engine.log;

import io.smilodon.engine.file.FileHeader;
import java.io.IOException;
import java.util.Optional;

/** Where the log's files are made and remembered. Called by the log thread only. */
public interface LogHome {

    /** Makes a file. */
    @FunctionalInterface
    interface Beginning {
        void run() throws IOException;
    }

    /**
     * Makes a file, from {@link #newFile} to {@link #rotated}, while nothing else is remembered:
     * what counted its number as taken before it is remembered itself would make it look like a
     * file that was given up.
     */
    void begin(Beginning file) throws IOException;

    /** The header of a new file, with a number never used before. */
    FileHeader newFile();

    /**
     * Remembers, durably, that one file ended and another began.
     *
     * @param ended the previous file with its seal, if there was one
     * @param millis the time that commits had reached
     */
    void rotated(Optional<LogFile> ended, LogFile begun, long millis) throws IOException;

    /** Whether it remembers how this run forces its commits to disk. */
    boolean isRunKnown();

    /** Remembers that, durably: no commit of this run comes before. */
    void beforeCommits() throws IOException;

    /** Remembers, durably, that a file has ended and none has begun; an empty one is forgotten. */
    void ended(LogFile last, long millis) throws IOException;

    /** Remembers, durably, that the log is on disk up to here, and which time that was. */
    void recordDurable(long lsn, long millis) throws IOException;
}

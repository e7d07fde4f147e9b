package io.smilodon.engine.manifest;

import io.smilodon.engine.log.Forcing;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.log.LogSeal;

/** One change to what is live. The changes of one edit happen together. */
public sealed interface ManifestChange {

    /** A segment is live from now on, or on another level than before. */
    record SegmentAdded(SegmentFile segment) implements ManifestChange {}

    /** A segment is no longer needed by new readers. */
    record SegmentRemoved(long number) implements ManifestChange {}

    /** A log file begins. */
    record LogBegun(LogFile log) implements ManifestChange {}

    /** A log file has ended. */
    record LogSealed(long number, LogSeal seal) implements ManifestChange {}

    /** A log file is no longer needed. */
    record LogRemoved(long number) implements ManifestChange {}

    /** Everything up to this frame of the log is in segments. */
    record Checkpointed(long lsn) implements ManifestChange {}

    /** The log is on disk at least up to this frame, and commits had reached this time. */
    record DurableUpTo(long lsn, long millis) implements ManifestChange {}

    /** File numbers below this one are taken. */
    record NumbersTaken(long next) implements ManifestChange {}

    /** The store can no longer be read as of a commit before this one. */
    record HistoryCut(long sequence) implements ManifestChange {}

    /** The store was opened, and commits are forced to disk like this from now on. */
    record RunBegun(Forcing forcing, long intervalMillis) implements ManifestChange {}
}

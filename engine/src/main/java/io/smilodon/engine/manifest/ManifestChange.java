package io.smilodon.engine.manifest;

import io.smilodon.engine.log.Forcing;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.log.LogSeal;

/**
 * One change to what is live. The changes of one edit happen together.
 *
 * <p>What depends on the kind of change is a {@link Visitor} rather than a pattern switch: for the
 * first of those Java generates a class at run time, which a tenth of each opening's time went to.
 */
public sealed interface ManifestChange {

    /** Calls the method for this kind of change. */
    void accept(Visitor visitor);

    /** What is done with each kind of change. */
    interface Visitor {
        void visit(SegmentAdded change);

        void visit(SegmentRemoved change);

        void visit(LogBegun change);

        void visit(LogSealed change);

        void visit(LogRemoved change);

        void visit(Checkpointed change);

        void visit(DurableUpTo change);

        void visit(NumbersTaken change);

        void visit(HistoryCut change);

        void visit(RunBegun change);
    }

    /** A segment is live from now on, or on another level than before. */
    record SegmentAdded(SegmentFile segment) implements ManifestChange {

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** A segment is no longer needed by new readers. */
    record SegmentRemoved(long number) implements ManifestChange {

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** A log file begins. */
    record LogBegun(LogFile log) implements ManifestChange {

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** A log file has ended. */
    record LogSealed(long number, LogSeal seal) implements ManifestChange {

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** A log file is no longer needed. */
    record LogRemoved(long number) implements ManifestChange {

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** Everything up to this frame of the log is in segments. */
    record Checkpointed(long lsn) implements ManifestChange {

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** The log is on disk at least up to this frame, and commits had reached this time. */
    record DurableUpTo(long lsn, long millis) implements ManifestChange {

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** File numbers below this one are taken. */
    record NumbersTaken(long next) implements ManifestChange {

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** The store can no longer be read as of a commit before this one. */
    record HistoryCut(long sequence) implements ManifestChange {

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** The store was opened, and commits are forced to disk like this from now on. */
    record RunBegun(Forcing forcing, long intervalMillis) implements ManifestChange {

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }
}

package io.smilodon.engine.backup;

import java.time.Instant;

/** Up to where commits of an archive are to be added to a backup. */
public sealed interface RestoreGoal {

    /** Everything that the archive holds without a gap. */
    record End() implements RestoreGoal {}

    /** Every commit up to this sequence. */
    record ToSequence(long sequence) implements RestoreGoal {}

    /** Every commit up to this instant. */
    record ToTime(Instant time) implements RestoreGoal {}
}

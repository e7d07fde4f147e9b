package io.smilodon.engine.log;

import io.smilodon.engine.error.SmilodonException;
import java.util.Optional;

/**
 * What commits are applied to. Called by one thread at a time: whoever has the turn to commit.
 *
 * @param <W> what a commit writes
 */
public interface CommitTarget<W> {

    /** Called before each group of so many commits. */
    void beforeGroup(int commits);

    /**
     * Decides whether a commit may happen, in commit order. One that may counts from then on for
     * those after it.
     */
    Optional<SmilodonException> refusal(W writes);

    /** Applies a logged commit; nobody sees it yet. */
    void apply(W writes, long sequence);

    /** Makes all commits up to this one visible. */
    void publish(long sequence);

    /** Called after each group, whatever became of it. */
    void afterGroup();

    /** Whether a new log file should begin together with a new memtable. */
    boolean wantsFreeze();

    /** Called when a new log file has begun: everything up to this frame is in sealed files. */
    void freeze(long lastLsn);
}

package io.smilodon.engine.store;

import io.smilodon.engine.entry.SortedWrites;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.Failpoint;
import io.smilodon.engine.log.CommitTarget;
import io.smilodon.engine.memtable.Memtable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Applies commits to the tables. A commit conflicts with what is in the tables and with what its
 * own group is about to write. Not thread-safe: for whoever has the turn to commit.
 */
final class TableWriter implements CommitTarget<CommitWrites> {

    private final Tables tables;
    private final BackPressure pressure;
    private final Runnable onFreeze;
    private final CommitWindow window;
    private final Outcomes outcomes;
    private final Set<ByteBuffer> groupKeys = new HashSet<>();
    private final List<SortedWrites> groupWrites = new ArrayList<>();
    private final List<Applied> applied = new ArrayList<>();
    private Tables.Pin pin;
    private Runnable onPublish = () -> {};
    private Function<BooleanSupplier, Optional<SmilodonException>> spaceRefusal =
            any -> Optional.empty();
    private boolean isShared;
    private volatile long commits;

    TableWriter(Tables tables, Outcomes outcomes, BackPressure pressure, Runnable onFreeze) {
        this.tables = tables;
        this.outcomes = outcomes;
        this.window = new CommitWindow(tables.visible(), CommitWindow.BYTES_MAX);
        this.pressure = pressure;
        this.onFreeze = onFreeze;
    }

    /** A commit that is in the tables and not yet visible. */
    private record Applied(Iterable<byte[]> keys, long sequence) {}

    /** Names who is to know that commits have become visible; to be called before the first one. */
    void onPublish(Runnable listener) {
        onPublish = listener;
    }

    /**
     * Names who knows whether there is space; to be called before the first commit.
     *
     * @param refusal is told whether the commit adds data
     */
    void refuse(Function<BooleanSupplier, Optional<SmilodonException>> refusal) {
        spaceRefusal = refusal;
    }

    BackPressure pressure() {
        return pressure;
    }

    CommitWindow window() {
        return window;
    }

    Outcomes outcomes() {
        return outcomes;
    }

    @Override
    public void beforeGroup(int commits) {
        isShared = commits > 1;
        pin = tables.pin();
    }

    @Override
    public Optional<SmilodonException> refusal(CommitWrites commit) {
        Optional<SmilodonException> readOnly =
                pressure.refusal().or(() -> spaceRefusal.apply(() -> !commit.isRemoval()));
        if (readOnly.isPresent()) {
            return readOnly;
        }
        Optional<SmilodonException> conflict = commit.isChecked() ? conflict(commit) : readOnly;
        if (conflict.isEmpty() && isShared) {
            for (byte[] key : commit.writes().keys()) {
                groupKeys.add(ByteBuffer.wrap(key));
            }
            groupWrites.add(commit.writes());
        }
        return conflict;
    }

    /** A key whose file cannot be read is refused as well: nothing else is wrong with the store. */
    private Optional<SmilodonException> conflict(CommitWrites commit) {
        try {
            return hasConflict(commit) ? Optional.of(Committer.conflict()) : Optional.empty();
        } catch (SmilodonException unreadable) {
            return Optional.of(unreadable);
        }
    }

    private boolean hasConflict(CommitWrites commit) {
        boolean hasOthers = pin.sequence() > commit.checkedSequence() || !groupKeys.isEmpty();
        return hasOthers
                        && (isAnyChanged(commit.writes().keys(), commit.checkedSequence())
                                || isAnyChanged(commit.guards(), commit.checkedSequence()))
                || commit.reads().isPresent() && isReadChanged(commit.reads().get());
    }

    private boolean isAnyChanged(Iterable<byte[]> keys, long checkedSequence) {
        for (byte[] key : keys) {
            if (isChanged(key, checkedSequence)) {
                return true;
            }
        }
        return false;
    }

    private boolean isReadChanged(ReadCheck check) {
        for (SortedWrites writes : groupWrites) {
            if (check.reads().isTouchedBy(writes.keys())) {
                return true;
            }
        }
        return check.isChanged(pin.view());
    }

    private boolean isChanged(byte[] key, long checkedSequence) {
        return pin.sequence() > checkedSequence && pin.view().isChangedAfter(key, checkedSequence)
                || !groupKeys.isEmpty() && groupKeys.contains(ByteBuffer.wrap(key));
    }

    @Override
    public void apply(CommitWrites commit, long sequence) {
        Memtable active = tables.active();
        active.addAll(commit.writes(), sequence);
        Failpoint.pass("commit.inMemory");
        outcomes.applied(commit.writes(), sequence);
        applied.add(new Applied(commit.writes().keys(), sequence));
        commits = commits + 1;
    }

    @Override
    public void publish(long sequence) {
        tables.publish(sequence);
        onPublish.run();
        applied.forEach(commit -> window.add(commit.keys(), commit.sequence()));
        applied.clear();
    }

    @Override
    public void afterGroup() {
        groupKeys.clear();
        groupWrites.clear();
        applied.clear();
        pin.view().release();
    }

    @Override
    public boolean wantsFreeze() {
        return pressure.wantsFreeze();
    }

    @Override
    public void freeze(long lastLsn) {
        tables.publish(lastLsn); // frames behind the last commit are marks: nothing else to see
        tables.freeze(lastLsn);
        onFreeze.run();
    }

    long commits() {
        return commits;
    }
}

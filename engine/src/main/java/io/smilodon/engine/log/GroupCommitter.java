package io.smilodon.engine.log;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.DiskFailure;
import io.smilodon.engine.file.Failpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What is done with a group: check, write, sync, apply, publish, answer. A write that fails is cut
 * off again and only its group fails; a sync that fails poisons the store.
 *
 * <p>Not thread-safe: for whoever has the turn of the {@link CommitQueue}. Only {@link #commit} may
 * be called by a thread that may be interrupted.
 *
 * @param <W> what a commit writes
 */
public final class GroupCommitter<W> {

    private static final long DURABLE_RECORD_NANOS = 10_000_000_000L;
    private static final long ROTATION_RETRY_NANOS = 1_000_000_000L;

    private final CommitLog log;
    private final CommitTarget<W> target;
    private final LogOptions options;
    private final Poison poison;
    private final Clocks clocks;
    private final CommitTimes times;
    private final List<PendingCommit<W>> accepted = new ArrayList<>();
    private long lastWriteNanos;
    private long lastSyncNanos;
    private long lastRecordNanos;
    private long fileNanos;
    private long retryNanos;
    private long recordedLsn;
    private long groupMillis;
    private long groupBytes;
    private Forcing asked = Forcing.LATER;

    public GroupCommitter(CommitLog log, CommitTarget<W> target, LogContext context) {
        this.log = log;
        this.target = target;
        this.options = context.options();
        this.poison = context.poison();
        this.clocks = context.clocks();
        this.times = context.times();
        this.lastSyncNanos = nanos();
        this.lastRecordNanos = lastSyncNanos;
        this.fileNanos = lastSyncNanos;
        this.retryNanos = lastSyncNanos;
        this.recordedLsn = log.durableLsn();
    }

    long nanos() {
        return clocks.nanos().getAsLong();
    }

    /** Whether every group is synced, whatever its commits ask for. */
    boolean syncsAlways() {
        return options.forcing() == Forcing.NOW;
    }

    void commit(List<PendingCommit<W>> group) {
        target.beforeGroup(group.size());
        try {
            accept(group);
            if (!accepted.isEmpty() && write() && syncIfAsked()) {
                publish();
            }
        } finally {
            accepted.clear(); // whatever came of them; their payloads may be large
            target.afterGroup();
        }
    }

    private void accept(List<PendingCommit<W>> group) {
        for (PendingCommit<W> commit : group) {
            Optional<SmilodonException> refusal =
                    poison.refusal().or(() -> target.refusal(commit.writes()));
            refusal.ifPresentOrElse(commit::fail, () -> accepted.add(commit));
        }
    }

    private boolean write() {
        try {
            groupMillis = times.next(clocks.wallMillis().getAsLong());
            groupBytes = 0;
            for (PendingCommit<W> commit : accepted) {
                commit.logged(log.append(commit.payload(), groupMillis));
                groupBytes += commit.payload().length;
            }
            Failpoint.hit("commit.appended");
            if (askedByGroup() == Forcing.NOW) {
                log.fillPage();
            }
            log.flush();
            log.meter().group(accepted.size());
            lastWriteNanos = nanos();
            return true;
        } catch (IOException failure) {
            SmilodonException answer =
                    takeBack(failure) ? notWritten(failure) : Poison.outcomeUnknown(failure);
            accepted.forEach(commit -> commit.fail(answer));
            return false;
        }
    }

    /** Whether what was appended is certainly gone; else the store is poisoned. */
    private boolean takeBack(IOException failure) {
        try {
            log.abandon();
            return true;
        } catch (IOException uncertain) {
            failure.addSuppressed(uncertain);
            poison.trip(failure);
            return false;
        }
    }

    private static SmilodonException notWritten(IOException failure) {
        return DiskFailure.error(
                "The commit did not happen: the log could not be written", failure);
    }

    private boolean syncIfAsked() {
        asked = askedByGroup();
        if (asked == Forcing.NOW && !sync()) {
            return false;
        }
        log.markGood();
        return true;
    }

    private Forcing askedByGroup() {
        Forcing most = asked.atLeast(options.forcing());
        for (PendingCommit<W> commit : accepted) {
            most = most.atLeast(commit.forcing());
        }
        return most;
    }

    /** Syncs what earlier groups left, in a page of its own if so wanted. */
    private boolean syncRest() {
        if (log.isPageOpen()) {
            try {
                log.fillPage();
                log.flush();
                log.markGood();
            } catch (IOException failure) {
                if (!takeBack(failure)) {
                    return false;
                }
            }
        }
        return sync();
    }

    private boolean sync() {
        try {
            poison.sync(log::sync);
            lastSyncNanos = nanos();
            asked = Forcing.LATER;
            return true;
        } catch (IOException failure) {
            SmilodonException unknown = Poison.outcomeUnknown(failure);
            accepted.forEach(commit -> commit.fail(unknown));
            return false;
        }
    }

    private void publish() {
        for (PendingCommit<W> commit : accepted) {
            target.apply(commit.writes(), commit.sequence());
        }
        Failpoint.pass("commit.applied");
        long last = accepted.get(accepted.size() - 1).sequence();
        times.record(last, groupMillis, groupBytes);
        target.publish(last);
        Failpoint.pass("commit.published");
        accepted.forEach(PendingCommit::complete);
        Failpoint.pass("commit.acknowledged");
    }

    /** Does what is due by the clock. */
    void tick(boolean isIdle) {
        if (poison.isTripped()) {
            return;
        }
        long now = nanos();
        if (isSyncDue() && now - lastSyncNanos >= options.syncIntervalNanos() && !syncRest()) {
            return;
        }
        if (isIdle && log.needsMark() && now - lastWriteNanos >= options.markDelayNanos()) {
            mark();
        }
        if (now - lastRecordNanos >= DURABLE_RECORD_NANOS && !poison.isTripped()) {
            recordDurable(now);
        }
    }

    private boolean isSyncDue() {
        return !log.isSynced() && asked != Forcing.LATER;
    }

    private void mark() {
        try {
            log.mark();
            log.markGood();
        } catch (IOException failure) {
            takeBack(failure);
        }
    }

    private void recordDurable(long now) {
        lastRecordNanos = now;
        if (log.durableLsn() == recordedLsn) {
            return;
        }
        try {
            log.recordDurable();
            recordedLsn = log.durableLsn();
        } catch (IOException failure) {
            return; // only evidence against later damage: tried again in ten seconds
        }
    }

    /** When {@link #tick} should be called, if nothing happens until then. */
    long nextTick() {
        return nextTick(nanos());
    }

    /** The same, told from the time of the last write: the clock need not be asked again. */
    long nextTickAfterWriting() {
        return nextTick(lastWriteNanos);
    }

    private long nextTick(long now) {
        long wait = DURABLE_RECORD_NANOS;
        if (isSyncDue()) {
            wait = Math.min(wait, options.syncIntervalNanos());
        } else if (log.needsMark()) {
            wait = Math.min(wait, options.markDelayNanos());
        }
        long left = Math.max(nanosToOldFile(now), retryNanos - now);
        wait = Math.min(wait, Math.max(left, 1));
        return now + wait;
    }

    /** Whether the next thing to do is for the private thread: a new file, or an edit first. */
    boolean wantsThread() {
        return wantsNewFile() || log.isRunUnknown();
    }

    /** Whether the next thing to do is a new file. */
    boolean wantsNewFile() {
        return target.wantsFreeze() || log.isFull();
    }

    private boolean isFileOld() {
        return nanosToOldFile(nanos()) <= 0;
    }

    /** How long the current file may go on. */
    private long nanosToOldFile(long now) {
        boolean isLimited = log.hasCommits() && options.fileNanosMax() < Long.MAX_VALUE;
        return isLimited && !poison.isTripped()
                ? fileNanos + options.fileNanosMax() - now
                : Long.MAX_VALUE;
    }

    /** After a new file failed, only who asks for one has it tried again at once. */
    private boolean isRotationDue() {
        return nanos() - retryNanos >= 0;
    }

    void freezeIfWanted(List<CompletableFuture<Void>> asked) {
        Optional<SmilodonException> refused = poison.refusal();
        boolean isFreeze = !asked.isEmpty() || target.wantsFreeze();
        if (refused.isPresent()) {
            asked.forEach(future -> future.completeExceptionally(refused.get()));
        } else if (!asked.isEmpty()
                || (isFreeze || log.isFull() || isFileOld()) && isRotationDue()) {
            rotate(isFreeze, asked);
        }
    }

    private void rotate(boolean isFreeze, List<CompletableFuture<Void>> asked) {
        try {
            if (!log.isSynced() && !sync()) {
                throw new IOException("the log could not be synced");
            }
            Failpoint.pass("commit.beforeRotation");
            long lastLsn = log.lastLsn();
            log.rotate();
            Failpoint.pass("commit.rotated");
            fileNanos = nanos();
            if (isFreeze) {
                target.freeze(lastLsn);
                Failpoint.pass("commit.frozen");
            }
            asked.forEach(future -> future.complete(null));
        } catch (IOException failure) {
            retryNanos = nanos() + ROTATION_RETRY_NANOS;
            SmilodonException answer = poison.refusal().orElseGet(() -> notWritten(failure));
            asked.forEach(future -> future.completeExceptionally(answer));
        }
    }

    /** Poisons the store after an error of its own; what was under way has an unknown outcome. */
    SmilodonException stopWriting(Throwable broken) {
        poison.trip(broken);
        return Poison.outcomeUnknown(broken);
    }

    private void end() {
        try {
            log.end();
        } catch (IOException unsealed) {
            return; // the next opening reads this file as if the process had been killed
        }
    }

    /** Syncs what is left, in every mode, and hands it over to become a segment. */
    void finish() {
        if (!poison.isTripped() && (log.isSynced() || sync())) {
            Failpoint.pass("close.lastSync");
            end();
            target.freeze(log.lastLsn());
            Failpoint.pass("close.frozen");
        }
    }
}

package io.smilodon.engine.manifest;

import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.manifest.ManifestChange.Checkpointed;
import io.smilodon.engine.manifest.ManifestChange.DurableUpTo;
import io.smilodon.engine.manifest.ManifestChange.HistoryCut;
import io.smilodon.engine.manifest.ManifestChange.LogBegun;
import io.smilodon.engine.manifest.ManifestChange.LogRemoved;
import io.smilodon.engine.manifest.ManifestChange.LogSealed;
import io.smilodon.engine.manifest.ManifestChange.NumbersTaken;
import io.smilodon.engine.manifest.ManifestChange.RunBegun;
import io.smilodon.engine.manifest.ManifestChange.SegmentAdded;
import io.smilodon.engine.manifest.ManifestChange.SegmentRemoved;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A state while changes are made to it. Not thread-safe. */
final class ManifestDraft implements ManifestChange.Visitor {

    private final Map<Long, SegmentFile> segments;
    private final SortedMap<Long, LogFile> logs;
    private long checkpointLsn;
    private long durableLsn;
    private long durableMillis;
    private long nextNumber;
    private long historyFloor;
    private RunBegun run;

    ManifestDraft(ManifestState state) {
        this.segments = new TreeMap<>(state.segments());
        this.logs = new TreeMap<>(state.logs());
        this.checkpointLsn = state.checkpointLsn();
        this.durableLsn = state.durableLsn();
        this.durableMillis = state.durableMillis();
        this.nextNumber = state.nextNumber();
        this.historyFloor = state.historyFloor();
        this.run = state.run();
    }

    @Override
    public void visit(SegmentAdded added) {
        segments.put(added.segment().number(), added.segment());
    }

    @Override
    public void visit(SegmentRemoved removed) {
        segments.remove(removed.number());
    }

    @Override
    public void visit(LogBegun begun) {
        logs.put(begun.log().number(), begun.log());
    }

    @Override
    public void visit(LogSealed sealed) {
        logs.computeIfPresent(sealed.number(), (number, log) -> log.sealed(sealed.seal()));
    }

    @Override
    public void visit(LogRemoved removed) {
        logs.remove(removed.number());
    }

    @Override
    public void visit(Checkpointed point) {
        checkpointLsn = point.lsn();
    }

    @Override
    public void visit(DurableUpTo durable) {
        durableLsn = Math.max(durableLsn, durable.lsn());
        durableMillis = Math.max(durableMillis, durable.millis());
    }

    @Override
    public void visit(NumbersTaken taken) {
        nextNumber = taken.next();
    }

    @Override
    public void visit(HistoryCut cut) {
        historyFloor = Math.max(historyFloor, cut.sequence());
    }

    @Override
    public void visit(RunBegun begun) {
        run = begun;
    }

    ManifestState toState() {
        return new ManifestState(
                segments,
                logs,
                checkpointLsn,
                durableLsn,
                durableMillis,
                nextNumber,
                historyFloor,
                run);
    }
}

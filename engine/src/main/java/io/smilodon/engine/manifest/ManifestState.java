package io.smilodon.engine.manifest;

import io.smilodon.engine.log.Forcing;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.manifest.ManifestChange.Checkpointed;
import io.smilodon.engine.manifest.ManifestChange.DurableUpTo;
import io.smilodon.engine.manifest.ManifestChange.HistoryCut;
import io.smilodon.engine.manifest.ManifestChange.LogBegun;
import io.smilodon.engine.manifest.ManifestChange.LogSealed;
import io.smilodon.engine.manifest.ManifestChange.NumbersTaken;
import io.smilodon.engine.manifest.ManifestChange.RunBegun;
import io.smilodon.engine.manifest.ManifestChange.SegmentAdded;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is live at one moment. Immutable.
 *
 * @param segments by file number
 * @param logs by file number; all but the last are sealed
 * @param checkpointLsn everything up to it is in segments
 * @param durableLsn the log is on disk at least up to it
 * @param durableMillis the time that commits had reached then
 * @param nextNumber the next file number
 * @param historyFloor the oldest commit as of which the store can be read
 * @param run how commits have been forced to disk since the last opening
 */
public record ManifestState(
        Map<Long, SegmentFile> segments,
        SortedMap<Long, LogFile> logs,
        long checkpointLsn,
        long durableLsn,
        long durableMillis,
        long nextNumber,
        long historyFloor,
        RunBegun run) {

    public static final ManifestState EMPTY =
            new ManifestState(
                    Map.of(), new TreeMap<>(), 0, 0, 0, 1, 0, new RunBegun(Forcing.NOW, 0));

    /** The state after the changes. */
    ManifestState after(Collection<ManifestChange> changes) {
        ManifestDraft draft = new ManifestDraft(this);
        changes.forEach(change -> change.accept(draft));
        return draft.toState();
    }

    /** The changes that make this state out of nothing. */
    List<ManifestChange> asChanges() {
        List<ManifestChange> changes = new ArrayList<>();
        changes.add(new NumbersTaken(nextNumber));
        changes.add(new Checkpointed(checkpointLsn));
        changes.add(new DurableUpTo(durableLsn, durableMillis));
        changes.add(new HistoryCut(historyFloor));
        changes.add(run);
        segments.values().forEach(segment -> changes.add(new SegmentAdded(segment)));
        for (LogFile log : logs.values()) {
            changes.add(new LogBegun(log));
            log.seal().ifPresent(seal -> changes.add(new LogSealed(log.number(), seal)));
        }
        return changes;
    }

    /** The logs behind the last gap; there is one where the archive waits for a file. */
    public List<LogFile> logsWithoutGap() {
        List<LogFile> connected = new ArrayList<>();
        long expected = 0;
        for (LogFile log : logs.values()) {
            if (log.firstLsn() != expected) {
                connected.clear();
            }
            connected.add(log);
            expected = log.seal().map(seal -> seal.lastLsn() + 1).orElse(0L);
        }
        return connected;
    }

    /** The names of all live files. */
    public Set<String> names() {
        Set<String> names = new HashSet<>();
        logs.values().forEach(log -> names.add(log.name()));
        segments.values().forEach(segment -> names.add(segment.name()));
        return names;
    }

    /**
     * The same segments with a log that ends at this frame, as in a backup.
     *
     * @param sealedLogs those from the checkpoint on, all sealed
     */
    public ManifestState cutAt(long lastLsn, SortedMap<Long, LogFile> sealedLogs) {
        return new ManifestState(
                segments,
                sealedLogs,
                checkpointLsn,
                lastLsn,
                durableMillis,
                nextNumber,
                Math.min(historyFloor, lastLsn),
                run);
    }

    /** The same state, where some more file numbers count as taken. */
    public ManifestState taking(int numbers) {
        return after(List.of(new NumbersTaken(nextNumber + numbers)));
    }

    /** This state with a log that goes further, as after a restore from an archive. */
    public ManifestState extendedTo(long lastLsn, SortedMap<Long, LogFile> sealedLogs) {
        return new ManifestState(
                segments,
                sealedLogs,
                checkpointLsn,
                lastLsn,
                durableMillis,
                Math.max(nextNumber, sealedLogs.isEmpty() ? 0 : sealedLogs.lastKey() + 1),
                historyFloor,
                run);
    }
}

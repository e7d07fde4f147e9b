package io.smilodon.engine.compaction;

import io.smilodon.engine.Progress;
import io.smilodon.engine.compaction.CompactionTarget.Change;
import io.smilodon.engine.compaction.CompactionTask.Drop;
import io.smilodon.engine.compaction.CompactionTask.Merge;
import io.smilodon.engine.compaction.CompactionTask.Move;
import io.smilodon.engine.entry.VersionMerge;
import io.smilodon.engine.entry.VersionWalk;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.Failpoint;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.ManifestChange;
import io.smilodon.engine.segment.Packing;
import io.smilodon.engine.segment.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * Carries out compaction, a step at a time. The inputs stay live until the manifest has the result:
 * then they go, all together. If a step fails nothing has changed.
 *
 * <p>Not thread-safe: owned by the compaction thread, except the figures.
 */
final class Compactor {

    private final Manifest manifest;
    private final SegmentStore store;
    private final CompactionTarget target;
    private final CompactionPolicy policy;
    private final Throttle throttle;
    private final DamagedSegments damaged;
    private final Gathering gathering;
    private final LooseSegments loose;
    private final LongAdder merges = new LongAdder();
    private final LongAdder moves = new LongAdder();
    private final LongAdder drops = new LongAdder();
    private final LongAdder unreadableMerges = new LongAdder();

    /** Set by whoever asks for everything to be merged, until that is done. */
    private final AtomicReference<Optional<WholePass>> whole =
            new AtomicReference<>(Optional.empty());

    private volatile int stuckCount;
    private boolean isTurnOfWhole;
    private Levels seen = Levels.EMPTY;
    private Levels measured = Levels.EMPTY;
    private boolean isHalfHidden;

    /** Whether what updates have left loose is being compressed. */
    private volatile boolean isTightening;

    private long reclaimed;

    private RetiredPrefixes retired = RetiredPrefixes.NONE;

    Compactor(
            Manifest manifest, SegmentStore store, CompactionTarget target, CompactionRules rules) {
        this.manifest = manifest;
        this.store = store;
        this.target = target;
        this.policy = rules.policy();
        this.loose = new LooseSegments(rules.nanoClock());
        this.throttle = new Throttle(rules.bytesPerSecondMax(), rules.nanoClock());
        this.damaged = new DamagedSegments(rules.nanoClock());
        this.gathering = new Gathering(policy, store, damaged);
    }

    /** Which segments merging leaves out. */
    DamagedSegments damaged() {
        return damaged;
    }

    Throttle throttle() {
        return throttle;
    }

    /** Segments of level 0 that must stay there for now. */
    int stuckCount() {
        return stuckCount;
    }

    /** Asks for everything to be merged; any thread may. */
    void requestAll() {
        whole.set(Optional.of(new WholePass(policy, this::nextNumber)));
    }

    private long nextNumber() {
        return manifest.newFile(FileKind.SEGMENT).fileNumber();
    }

    /** Whether much of what is on disk may be hidden, though no level is over its size. */
    boolean isWasteful() {
        Levels levels = target.levels();
        if (measured != levels) {
            isHalfHidden = policy.isWorthAPass(levels) && HiddenVersions.areHalf(levels);
            measured = levels;
        }
        return isHalfHidden && levels.maxSequence() > reclaimed && damaged.isEmpty();
    }

    /** Asks for everything to be merged if that would free much of it by now. */
    void reclaim() {
        long newest = target.levels().maxSequence();
        if (isWasteful() && newest <= target.horizon() && !isAllWanted()) {
            reclaimed = newest; // never twice for the same segments, whatever came of it
            requestAll();
        }
    }

    /** Whether something may be due when it is quiet. */
    boolean awaitsQuiet() {
        return mayBeDue()
                || isWasteful()
                || gathering.isPossible(target.levels())
                || loose.areAny();
    }

    /** Asks for what is worthwhile when it is quiet. */
    void gather() {
        Levels levels = target.levels();
        gathering.askIfWorthwhile(levels);
        loose.keep(levels);
        isTightening |= loose.next(damaged).isPresent();
    }

    /** Which segments wait to be compressed. */
    LooseSegments loose() {
        return loose;
    }

    /** Whether that is still being done. */
    boolean isAllWanted() {
        return whole.get().isPresent();
    }

    /** How many bytes of how many are merged already. */
    void tellAll(Progress progress) {
        Optional<WholePass> pass = whole.get();
        long done = 0;
        long total = 0;
        for (Segment segment : target.levels().all()) {
            total += segment.file().bytes();
            boolean isDone = pass.isEmpty() || pass.get().isNew(segment);
            done += isDone ? segment.file().bytes() : 0;
        }
        progress.at("compact", done, total);
    }

    /** Whether there certainly is something to do. */
    boolean isDue() {
        return isAllWanted()
                || gathering.isWanted()
                || isTightening
                || policy.isDue(target.levels(), damaged);
    }

    /** Whether something may be due that only reading segments, or time, would tell. */
    boolean mayBeDue() {
        return seen != target.levels() || retired.hasNewer();
    }

    /** Does what is most urgent; false if nothing is to be done. */
    boolean step() throws IOException {
        Levels levels = target.levels();
        damaged.keep(levels.all());
        loose.keep(levels);
        stuckCount = levels.level(0).size() - CompactionPolicy.movable(levels, damaged).size();
        if (mayBeDue()) {
            retired = RetiredPrefixes.in(levels.all(), target.horizon(), damaged);
        }
        Optional<CompactionTask> task = next(levels);
        if (task.isEmpty()) {
            seen = levels;
            return false;
        }
        carryOut(levels, task.get());
        return true;
    }

    private void carryOut(Levels levels, CompactionTask task) throws IOException {
        try {
            switch (task) {
                case Merge merge -> mergeReadable(levels, merge);
                case Move move -> move(move);
                case Drop drop -> drop(drop);
            }
        } catch (IOException failure) {
            if (isTightening) { // a disk that is full needs no tries to make it emptier some day
                isTightening = false;
                loose.giveUp();
            }
            throw failure;
        }
    }

    /** Takes turns between what was asked for and what is urgent, so that neither starves. */
    private Optional<CompactionTask> next(Levels levels) {
        isTurnOfWhole = !isTurnOfWhole;
        Optional<CompactionTask> first = isTurnOfWhole ? ofWhole(levels) : urgent(levels);
        return first.or(() -> isTurnOfWhole ? urgent(levels) : ofWhole(levels))
                .or(() -> gathering.next(levels))
                .or(() -> ofLoose(levels));
    }

    private Optional<CompactionTask> ofLoose(Levels levels) {
        Optional<CompactionTask> task =
                isTightening
                        ? loose.next(damaged)
                                .map(segment -> CompactionPolicy.rewrite(levels, segment))
                        : Optional.empty();
        isTightening = task.isPresent();
        return task;
    }

    private Optional<CompactionTask> urgent(Levels levels) {
        return policy.next(levels, retired, damaged);
    }

    private Optional<CompactionTask> ofWhole(Levels levels) {
        Optional<WholePass> pass = whole.get();
        Optional<CompactionTask> task = pass.flatMap(own -> own.next(levels, damaged));
        if (task.isEmpty()) {
            whole.compareAndSet(pass, Optional.empty()); // unless somebody asks again just now
        }
        return task;
    }

    private void move(Move move) throws IOException {
        Segment segment = move.segment();
        Failpoint.hit("compaction.beforeMove");
        manifest.append(
                List.of(new ManifestChange.SegmentAdded(segment.file().withLevel(move.level()))));
        Failpoint.pass("compaction.moved");
        target.compacted(new Change(List.of(segment), List.of(segment), move.level(), 0, 0));
        segment.forgetAskedKeys();
        moves.increment();
    }

    private void drop(Drop drop) throws IOException {
        long forgotten = 0;
        long floor = 0;
        List<ManifestChange> changes = removals(drop.segments());
        for (Segment segment : drop.segments()) {
            forgotten = Math.max(forgotten, segment.file().maxSequence());
            floor = Math.max(floor, retired.retiredAt(segment.firstKey()));
        }
        changes.add(new ManifestChange.HistoryCut(floor));
        Failpoint.hit("compaction.beforeDrop");
        manifest.append(changes);
        Failpoint.pass("compaction.dropped");
        target.compacted(new Change(drop.segments(), List.of(), 0, forgotten, floor));
        drops.add(drop.segments().size());
    }

    private static List<ManifestChange> removals(List<Segment> segments) {
        List<ManifestChange> changes = new ArrayList<>();
        segments.forEach(
                segment -> changes.add(new ManifestChange.SegmentRemoved(segment.file().number())));
        return changes;
    }

    /** A merge of what cannot be read is given up for now; everything else goes on. */
    private void mergeReadable(Levels levels, Merge merge) throws IOException {
        try {
            merge(levels, merge);
        } catch (SmilodonException unreadable) {
            if (!damaged.mark(merge.inputs(), unreadable)) {
                throw unreadable;
            }
            unreadableMerges.increment();
        }
    }

    private void merge(Levels levels, Merge merge) throws IOException {
        VersionFilter filter =
                new VersionFilter(target.horizon(), retired, key -> isLast(key, levels, merge));
        List<VersionWalk> runs = new ArrayList<>();
        merge.runs().forEach(run -> runs.add(new RunCursor(run, throttle::read)));
        Packing packing = packing(levels, merge);
        Failpoint.hit("compaction.beforeMerge");
        List<Segment> made =
                store.write(
                        () -> manifest.newFile(FileKind.SEGMENT),
                        new VersionMerge(runs),
                        new OutputRules(
                                merge.level(),
                                policy.segmentBytesMax(),
                                filter,
                                packing,
                                throttle::write));
        List<ManifestChange> changes = removals(merge.inputs());
        changes.add(new ManifestChange.HistoryCut(filter.floor()));
        Failpoint.pass("compaction.merged");
        store.install(manifest, made, changes);
        Failpoint.pass("compaction.installed");
        target.compacted(
                new Change(
                        merge.inputs(), made, merge.level(), filter.forgotten(), filter.floor()));
        if (isFromLevelZero(levels, merge)) {
            loose.made(made, packing == Packing.NONE);
        }
        merges.increment();
    }

    private static boolean isFromLevelZero(Levels levels, Merge merge) {
        return merge.level() > 0 && levels.level(0).contains(merge.inputs().get(0));
    }

    private Packing packing(Levels levels, Merge merge) {
        boolean isForGood = gathering.isWanted() || isAllWanted() || NewKeys.areMost(levels, 0);
        if (isFromLevelZero(levels, merge) && !isForGood && isMergedAgainSoon(levels, merge)) {
            return Packing.NONE;
        }
        return levels.hasBelow(merge.level()) ? Packing.QUICK : Packing.TIGHT;
    }

    /** Whether what it updates was merged just before, too. */
    private boolean isMergedAgainSoon(Levels levels, Merge merge) {
        KeySpan span = new KeySpan();
        merge.inputs().stream().filter(levels.level(0)::contains).forEach(span::include);
        return loose.areMostOf(levels.overlapping(1, span.first(), span.last()));
    }

    private static boolean isLast(byte[] key, Levels levels, Merge merge) {
        if (!RetiredPrefixes.isMark(key)) {
            return merge.level() > 0 && !levels.mayHaveBelow(merge.level(), key);
        }
        byte[] prefix = RetiredPrefixes.prefixOf(key);
        Set<Segment> others = new HashSet<>(levels.all());
        merge.inputs().forEach(others::remove);
        return others.stream()
                .noneMatch(segment -> RetiredPrefixes.mayHaveKeyUnder(segment, prefix));
    }

    CompactionStatistics statistics(long failures, long failuresInRow, boolean isRunning) {
        Levels levels = target.levels();
        return new CompactionStatistics(
                merges.sum(),
                moves.sum(),
                drops.sum(),
                throttle.bytesRead(),
                throttle.bytesWritten(),
                failures + unreadableMerges.sum(),
                failuresInRow,
                isRunning,
                throttle.waitedNanos(),
                damaged.files(),
                HiddenVersions.share(levels),
                IntStream.range(0, Levels.COUNT)
                        .mapToObj(
                                level ->
                                        new LevelStatistics(
                                                level,
                                                levels.level(level).size(),
                                                levels.bytes(level)))
                        .toList());
    }
}

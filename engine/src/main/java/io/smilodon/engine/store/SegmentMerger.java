package io.smilodon.engine.store;

import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.MergingCursor;
import io.smilodon.engine.file.Failpoint;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.ManifestChange;
import io.smilodon.engine.segment.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the number of segments small: merges the newest ones into one, and older ones with them as
 * long as they are not much larger than what is merged anyway, so that each entry is rewritten only
 * a logarithmic number of times. Overwritten versions go: a snapshot that needs them has pinned the
 * files. Removals go when nothing older is left; what carries a retired prefix goes always.
 *
 * <p>Not thread-safe: owned by the maintenance thread, except {@link #isDue}.
 */
final class SegmentMerger {

    /** How much larger an older segment may be than all newer ones together to be merged too. */
    private static final int SIZE_RATIO = 2;

    private final Manifest manifest;
    private final SegmentStore store;
    private final Tables tables;
    private final int segmentCountMax;
    private long forgotten;

    SegmentMerger(Manifest manifest, SegmentStore store, Tables tables, int segmentCountMax) {
        this.manifest = manifest;
        this.store = store;
        this.tables = tables;
        this.segmentCountMax = segmentCountMax;
    }

    boolean isDue() {
        return tables.current().segments().size() > segmentCountMax;
    }

    void merge() throws IOException {
        Tables.Pin pin = tables.pin();
        try {
            List<Segment> all = pin.view().segments();
            List<Segment> inputs = inputs(all);
            Failpoint.hit("merge.begun");
            install(inputs, write(all, inputs));
        } finally {
            pin.view().release();
        }
    }

    private List<Segment> inputs(List<Segment> newestFirst) {
        int count = Math.max(2, newestFirst.size() - segmentCountMax + 1);
        long bytes = newestFirst.stream().limit(count).mapToLong(SegmentMerger::bytes).sum();
        while (count < newestFirst.size() && bytes(newestFirst.get(count)) <= SIZE_RATIO * bytes) {
            bytes += bytes(newestFirst.get(count));
            count++;
        }
        return newestFirst.subList(0, Math.min(count, newestFirst.size()));
    }

    private static long bytes(Segment segment) {
        return segment.file().bytes();
    }

    private Optional<Segment> write(List<Segment> all, List<Segment> inputs) throws IOException {
        boolean isWhole = inputs.size() == all.size();
        RetiredPrefixes retired = RetiredPrefixes.in(all);
        List<EntryCursor> sources = new ArrayList<>();
        inputs.forEach(segment -> sources.add(segment.uncachedCursor()));
        return store.write(
                manifest.newFile(FileKind.SEGMENT),
                new MergingCursor(sources, true),
                entry -> isKept(entry, retired, isWhole));
    }

    private boolean isKept(EntryCursor entry, RetiredPrefixes retired, boolean isWhole) {
        boolean isKept = isWanted(entry, retired, isWhole);
        if (!isKept) {
            forgotten = Math.max(forgotten, entry.sequence());
        }
        return isKept;
    }

    private static boolean isWanted(EntryCursor entry, RetiredPrefixes retired, boolean isWhole) {
        if (ReservedKeys.isRetiredMark(entry.key())) {
            return !isWhole; // nothing that carries the prefix is left
        }
        return !(isWhole && entry.isRemoval()) && !retired.covers(entry.key());
    }

    private void install(List<Segment> inputs, Optional<Segment> made) throws IOException {
        List<ManifestChange> changes = new ArrayList<>();
        for (Segment input : inputs) {
            changes.add(new ManifestChange.SegmentRemoved(input.file().number()));
        }
        Failpoint.pass("merge.beforeInstall");
        store.install(manifest, made, changes);
        Failpoint.pass("merge.installed");
        tables.merged(inputs, made.map(List::of).orElse(List.of()), forgotten);
    }
}

package io.smilodon.engine.testing;

import io.smilodon.engine.testing.PendingChange.EntryChanged;
import io.smilodon.engine.testing.PendingChange.LengthChanged;
import io.smilodon.engine.testing.PendingChange.SectorWritten;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * A moment of a {@link FaultyDirectory}: what is durable, and each change that is not yet. From it
 * come all the images that a power loss at this moment can leave. Immutable, thread-safe.
 */
public final class DiskState {

    private final Map<String, FaultyFile> entries;
    private final Map<FaultyFile, Sectors> contents = new IdentityHashMap<>();
    private final List<PendingChange> pending = new ArrayList<>();

    /** Made under the directory's lock. */
    DiskState(Map<String, FaultyFile> durableEntries, List<EntryChanged> entryChanges) {
        entries = new TreeMap<>(durableEntries);
        entries.values().forEach(this::keep);
        entryChanges.forEach(change -> keep(change.file()));
        pending.addAll(entryChanges);
        pending.sort(Comparator.comparingLong(PendingChange::order));
    }

    private void keep(FaultyFile file) {
        if (contents.putIfAbsent(file, file.sharedDurable()) == null) {
            pending.addAll(file.pending());
        }
    }

    /** How many changes are pending; they are numbered in the order in which they were made. */
    public int pendingCount() {
        return pending.size();
    }

    /** The operation of the directory that made a change. */
    public long order(int change) {
        return pending.get(change).order();
    }

    /** Whether a change is one of the directory or of a file's length, not of bytes. */
    public boolean isMetadata(int change) {
        return !(pending.get(change) instanceof SectorWritten);
    }

    /**
     * Whether the file system writes a change before a change of length commits: bytes that were
     * appended, as opposed to overwritten ones.
     */
    boolean isAppended(int change) {
        return pending.get(change) instanceof SectorWritten written
                && written.sector() >= contents.get(written.file()).count();
    }

    /** Whether both belong to the same file. */
    boolean isSameFile(int one, int other) {
        return fileOf(pending.get(one)) == fileOf(pending.get(other));
    }

    private static FaultyFile fileOf(PendingChange change) {
        return switch (change) {
            case SectorWritten written -> written.file();
            case LengthChanged changed -> changed.file();
            case EntryChanged changed -> changed.file();
        };
    }

    /** What the disk has if these changes survive; equal images have equal contents. */
    public DiskImage image(IntPredicate survives) {
        Map<String, FaultyFile> names = new TreeMap<>(entries);
        Map<FaultyFile, Sectors> changed = new IdentityHashMap<>();
        for (int index = 0; index < pending.size(); index++) {
            if (survives.test(index)) {
                apply(pending.get(index), names, changed);
            }
        }
        Map<String, Sectors> files = new TreeMap<>();
        names.forEach((name, file) -> files.put(name, finished(file, changed)));
        return new DiskImage(files);
    }

    private void apply(
            PendingChange change, Map<String, FaultyFile> names, Map<FaultyFile, Sectors> changed) {
        switch (change) {
            case SectorWritten written ->
                    copyOf(written.file(), changed).set(written.sector(), written.content());
            case LengthChanged length -> {
                Sectors content = copyOf(length.file(), changed);
                content.moveEnd(length.length());
            }
            case EntryChanged entry -> entry.applyTo(names);
        }
    }

    /** What a power loss at this moment leaves by a policy. */
    public DiskImage image(CrashPolicy policy, long seed) {
        return image(policy.survivors(this, seed));
    }

    /**
     * A directory that goes on from this moment after the death of the process alone: programs see
     * every change, and what was not durable still is not. Each call gives one of its own.
     */
    public FaultyDirectory afterKill() {
        Map<FaultyFile, FaultyFile> copies = new IdentityHashMap<>();
        contents.forEach((file, durable) -> copies.put(file, new FaultyFile(durable.copy())));
        List<EntryChanged> entryChanges = new ArrayList<>();
        for (PendingChange change : pending) {
            FaultyFile copy = copies.get(fileOf(change));
            if (change instanceof EntryChanged entry) {
                entryChanges.add(
                        new EntryChanged(entry.order(), copy, entry.removed(), entry.added()));
            } else {
                copy.repeat(change);
            }
        }
        Map<String, FaultyFile> durable = new TreeMap<>();
        entries.forEach((name, file) -> durable.put(name, copies.get(file)));
        long operations = pending.isEmpty() ? 0 : order(pending.size() - 1);
        return FaultyDirectory.goingOn(durable, entryChanges, operations);
    }

    private Sectors copyOf(FaultyFile file, Map<FaultyFile, Sectors> changed) {
        return changed.computeIfAbsent(file, key -> contents.get(key).copy());
    }

    private Sectors finished(FaultyFile file, Map<FaultyFile, Sectors> changed) {
        Sectors content = changed.get(file);
        if (content == null) {
            return contents.get(file);
        }
        content.cutBehindEnd();
        return content;
    }
}

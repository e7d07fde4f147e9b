package io.smilodon.engine.memtable;

import io.smilodon.engine.entry.Entry;
import io.smilodon.engine.entry.KeyFilter;
import io.smilodon.engine.entry.PackedWrites;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The writes of one large commit, or of several that followed each other. Immutable.
 *
 * @param oldest the commit of its oldest version
 * @param newest the commit of its newest version
 * @param rank how often its versions have been merged
 */
record SortedRun(EntryList entries, KeyFilter filter, long oldest, long newest, int rank) {

    /** So many of a rank are merged into one of the next. */
    static final int MERGED = 8;

    /**
     * Puts a commit before the runs there are, and merges what has become too many.
     *
     * @param runs newest first
     */
    static SortedRun[] with(SortedRun[] runs, PackedWrites writes, long sequence) {
        EntryList entries = EntryList.of(writes, sequence);
        SortedRun[] all = new SortedRun[runs.length + 1];
        KeyFilter filter = KeyFilter.of(writes.hashes());
        all[0] = new SortedRun(entries, filter, sequence, sequence, 0);
        System.arraycopy(runs, 0, all, 1, runs.length);
        while (all.length >= MERGED && all[MERGED - 1].rank() == all[0].rank()) {
            SortedRun merged = merged(List.of(all).subList(0, MERGED));
            all = Arrays.copyOfRange(all, MERGED - 1, all.length);
            all[0] = merged;
        }
        return all;
    }

    private static SortedRun merged(List<SortedRun> runs) {
        EntryList entries = EntryList.merged(runs.stream().map(SortedRun::entries).toList());
        List<KeyFilter> filters = runs.stream().map(SortedRun::filter).toList();
        KeyFilter filter =
                KeyFilter.areAlike(filters)
                        ? KeyFilter.merged(filters)
                        : KeyFilter.of(entries.hashes());
        long oldest = runs.getLast().oldest();
        long newest = runs.getFirst().newest();
        return new SortedRun(entries, filter, oldest, newest, runs.getFirst().rank() + 1);
    }

    /** The newest version of a key up to a commit. */
    Optional<Entry> find(byte[] key, long hash, long sequence) {
        if (oldest > sequence || !filter.mightContain(hash)) {
            return Optional.empty();
        }
        int index = entries.rank(key);
        while (index < entries.size() && entries.isOf(index, key)) {
            if (entries.sequence(index) <= sequence) {
                return Optional.of(entries.entry(index));
            }
            index++;
        }
        return Optional.empty();
    }
}

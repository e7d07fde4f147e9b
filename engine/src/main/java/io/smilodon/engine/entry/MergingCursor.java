package io.smilodon.engine.entry;

import java.util.Arrays;
import java.util.List;

/**
 * Several tables as one: of each key the newest version that any of them has, removals included.
 * Sources that have a key are kept sorted by it, and on a tie the newest version comes first; so a
 * step usually costs one comparison. Not thread-safe.
 */
public final class MergingCursor implements EntryCursor {

    private final List<EntryCursor> all;
    private final boolean isForward;
    private final boolean keepsVersions;
    private final Source[] live;
    private int count;
    private boolean started;

    /**
     * @param sources closed with this cursor; of equal versions, that of the first one counts
     */
    public MergingCursor(List<EntryCursor> sources, boolean isForward) {
        this(sources, isForward, false);
    }

    private MergingCursor(List<EntryCursor> sources, boolean isForward, boolean keepsVersions) {
        this.all = sources;
        this.isForward = isForward;
        this.keepsVersions = keepsVersions;
        this.live = new Source[sources.size()];
    }

    /** A table whose walk goes on, and where it is. */
    private static final class Source {

        private final EntryCursor entries;
        private final int age;
        private byte[] key = {};
        private long sequence;

        Source(EntryCursor entries, int age) {
            this.entries = entries;
            this.age = age;
        }

        boolean advance() {
            boolean hasMore = entries.advance();
            if (hasMore) {
                key = entries.key();
                sequence = entries.sequence();
            }
            return hasMore;
        }
    }

    /**
     * Every version that the sources have, keys ascending, versions of a key descending.
     *
     * @param sources each walks every version of its keys in that order
     */
    public static MergingCursor ofVersions(List<EntryCursor> sources) {
        return new MergingCursor(sources, true, true);
    }

    @Override
    public boolean advance() {
        if (!started) {
            start();
        } else if (count > 0 && keepsVersions) {
            step();
        } else if (count > 0) {
            leaveKey();
        }
        return count > 0;
    }

    private void start() {
        started = true;
        for (int age = all.size() - 1; age >= 0; age--) {
            Source source = new Source(all.get(age), age);
            if (source.advance()) {
                System.arraycopy(live, 0, live, 1, count);
                count++;
                live[0] = source;
                sink();
            }
        }
    }

    /** Passes by the older versions of the key, which only other sources can have. */
    private void leaveKey() {
        Source newest = live[0];
        byte[] last = newest.key;
        step();
        while (count > 0 && live[0] != newest && Arrays.equals(live[0].key, last)) {
            step();
        }
    }

    private void step() {
        if (live[0].advance()) {
            sink();
        } else {
            count--;
            System.arraycopy(live, 1, live, 0, count);
        }
    }

    /** Moves the first source back to where its key belongs. */
    private void sink() {
        Source moved = live[0];
        int slot = 0;
        while (slot + 1 < count && goesAfter(moved, live[slot + 1])) {
            live[slot] = live[slot + 1];
            slot++;
        }
        live[slot] = moved;
    }

    private boolean goesAfter(Source moved, Source other) {
        int order = Arrays.compareUnsigned(moved.key, other.key);
        return order == 0 ? isOlder(moved, other) : isForward == order > 0;
    }

    private static boolean isOlder(Source moved, Source other) {
        return moved.sequence == other.sequence
                ? moved.age > other.age
                : moved.sequence < other.sequence;
    }

    @Override
    public byte[] key() {
        return live[0].key;
    }

    @Override
    public long keyHash() {
        return live[0].entries.keyHash();
    }

    @Override
    public long sequence() {
        return live[0].sequence;
    }

    @Override
    public boolean isRemoval() {
        return live[0].entries.isRemoval();
    }

    @Override
    public byte[] value() {
        return live[0].entries.value();
    }

    @Override
    public void value(ByteSpan span) {
        live[0].entries.value(span);
    }

    @Override
    public void close() {
        all.forEach(EntryCursor::close);
    }
}

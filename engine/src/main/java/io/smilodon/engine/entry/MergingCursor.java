package io.smilodon.engine.entry;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Several tables as one: of each key the newest version that any of them has, removals included.
 * Sources that have a key are kept sorted by it, and on a tie the newest version comes first; so a
 * step usually costs one comparison. Not thread-safe.
 */
public final class MergingCursor implements EntryCursor {

    private final List<EntryCursor> all;
    private final boolean isForward;

    /** How many bytes all keys begin with in common. */
    private final int common;

    private final Source[] live;
    private int count;
    private boolean started;

    /** Whether one source has all the keys. */
    private boolean isAlone;

    /** Whether two sources have stood at one key. */
    private boolean hasTies;

    /**
     * @param sources closed with this cursor; of equal versions, that of the first one counts
     * @param scan what they deliver
     */
    public MergingCursor(List<EntryCursor> sources, EntryScan scan) {
        this.all = sources;
        this.isForward = scan.isForward();
        this.common = Math.max(0, Arrays.mismatch(scan.from(), scan.to()));
        this.live = new Source[sources.size()];
    }

    /** A table whose walk goes on, and where it is. */
    private static final class Source {

        private final EntryCursor entries;
        private final int age;
        private final int common;
        private final EntryPlace place = new EntryPlace();

        /** Of the key, behind what all keys have in common. */
        private long head;

        Source(EntryCursor entries, int age, int common) {
            this.entries = entries;
            this.age = age;
            this.common = common;
        }

        boolean advance() {
            boolean hasMore = entries.advance(place);
            if (hasMore) {
                head = place.key().head(common);
            }
            return hasMore;
        }

        /** How its key sorts against that of another. */
        int compareKey(Source other) {
            int byHead = Long.compareUnsigned(head, other.head);
            return byHead != 0 ? byHead : place.key().compareTo(other.place.key());
        }

        /** Whether its version of their common key is hidden by that of another. */
        boolean isOlder(Source other) {
            long sequence = place.sequence();
            long others = other.place.sequence();
            return sequence == others ? age > other.age : sequence < others;
        }
    }

    @Override
    public boolean advance() {
        if (!started) {
            start();
        } else if (count > 0) {
            leaveKey();
        }
        return count > 0;
    }

    /** The last source that has any has them to itself. */
    @Override
    public boolean fill(KeyTails tails) {
        while (tails.hasRoom()) {
            if (!advance()) {
                return false;
            }
            if (!isRemoval()) {
                tails.add(live[0].place.key());
            }
            if (count == 1 && !live[0].entries.fill(tails)) {
                count = 0;
                return false;
            }
        }
        return true;
    }

    /** Who has all the keys may have made pages of them before. */
    @Override
    public <P extends KeyPage> Optional<P> page(KeyPageReader<P> reader, boolean isOnFirst) {
        boolean isFirst = !started || isOnFirst;
        if (!started) {
            start();
            isAlone = count == 1;
        }
        if (count == 0) {
            return Optional.empty();
        }
        return isAlone
                ? live[0].entries.page(reader, isFirst)
                : EntryCursor.super.page(reader, isFirst);
    }

    private void start() {
        started = true;
        for (int age = all.size() - 1; age >= 0; age--) {
            Source source = new Source(all.get(age), age, common);
            if (source.advance()) {
                System.arraycopy(live, 0, live, 1, count);
                count++;
                live[0] = source;
                sink(0);
            }
        }
    }

    /** Passes by the older versions of the key, which only the next sources can have. */
    private void leaveKey() {
        while (hasTies && count > 1 && live[0].compareKey(live[1]) == 0) {
            step(1);
        }
        step(0);
    }

    private void step(int slot) {
        if (live[slot].advance()) {
            sink(slot);
        } else {
            count--;
            System.arraycopy(live, slot + 1, live, slot, count - slot);
        }
    }

    /** Moves a source, which only may be too far in front, to where its key belongs. */
    private void sink(int from) {
        Source moved = live[from];
        int slot = from;
        while (slot + 1 < count && goesAfter(moved, live[slot + 1])) {
            live[slot] = live[slot + 1];
            slot++;
        }
        live[slot] = moved;
    }

    private boolean goesAfter(Source moved, Source other) {
        int order = moved.compareKey(other);
        hasTies |= order == 0;
        return order == 0 ? moved.isOlder(other) : isForward == order > 0;
    }

    @Override
    public byte[] key() {
        return live[0].entries.key();
    }

    @Override
    public void key(ByteSpan span) {
        ByteSpan key = live[0].place.key();
        span.set(key.bytes(), key.start(), key.length());
    }

    @Override
    public long sequence() {
        return live[0].place.sequence();
    }

    @Override
    public boolean isRemoval() {
        return live[0].place.isRemoval();
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

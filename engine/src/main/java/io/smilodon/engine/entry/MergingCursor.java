package io.smilodon.engine.entry;

import java.util.Arrays;
import java.util.List;

/**
 * Several tables as one: of each key the version in the newest table that has it, removals
 * included. Sources that have a key are kept sorted by it, and on a tie the newest comes first; so
 * a step usually costs one comparison. Not thread-safe.
 */
public final class MergingCursor implements EntryCursor {

    private final List<EntryCursor> all;
    private final boolean isForward;
    private final boolean keepsVersions;
    private final EntryCursor[] live;
    private final int[] ages;
    private int count;
    private boolean started;

    /**
     * @param sources newest first; closed with this cursor
     */
    public MergingCursor(List<EntryCursor> sources, boolean isForward) {
        this(sources, isForward, false);
    }

    private MergingCursor(List<EntryCursor> sources, boolean isForward, boolean keepsVersions) {
        this.all = sources;
        this.isForward = isForward;
        this.keepsVersions = keepsVersions;
        this.live = new EntryCursor[sources.size()];
        this.ages = new int[sources.size()];
    }

    /**
     * Every version that the sources have, keys ascending, versions of a key descending.
     *
     * @param sources newest first; each walks every version of its keys in that order
     */
    public static MergingCursor ofVersions(List<EntryCursor> sources) {
        return new MergingCursor(sources, true, true);
    }

    @Override
    public boolean advance() {
        if (!started) {
            start();
        } else if (keepsVersions && count > 0) {
            step();
        } else if (count > 0) {
            byte[] last = live[0].key();
            do {
                step();
            } while (count > 0 && Arrays.equals(live[0].key(), last));
        }
        return count > 0;
    }

    private void start() {
        started = true;
        for (int age = all.size() - 1; age >= 0; age--) {
            EntryCursor source = all.get(age);
            if (source.advance()) {
                System.arraycopy(live, 0, live, 1, count);
                System.arraycopy(ages, 0, ages, 1, count);
                count++;
                live[0] = source;
                ages[0] = age;
                sink();
            }
        }
    }

    private void step() {
        if (live[0].advance()) {
            sink();
        } else {
            count--;
            System.arraycopy(live, 1, live, 0, count);
            System.arraycopy(ages, 1, ages, 0, count);
        }
    }

    /** Moves the first source back to where its key belongs. */
    private void sink() {
        EntryCursor moved = live[0];
        int age = ages[0];
        int slot = 0;
        while (slot + 1 < count && goesAfter(moved, age, slot + 1)) {
            live[slot] = live[slot + 1];
            ages[slot] = ages[slot + 1];
            slot++;
        }
        live[slot] = moved;
        ages[slot] = age;
    }

    private boolean goesAfter(EntryCursor moved, int age, int other) {
        int order = Arrays.compareUnsigned(moved.key(), live[other].key());
        if (order == 0) {
            return age > ages[other];
        }
        return isForward == order > 0;
    }

    @Override
    public byte[] key() {
        return live[0].key();
    }

    @Override
    public long sequence() {
        return live[0].sequence();
    }

    @Override
    public boolean isRemoval() {
        return live[0].isRemoval();
    }

    @Override
    public byte[] value() {
        return live[0].value();
    }

    @Override
    public void close() {
        all.forEach(EntryCursor::close);
    }
}

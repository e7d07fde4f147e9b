package io.smilodon.engine.entry;

import java.util.Arrays;
import java.util.List;

/**
 * All versions that several tables have, keys ascending, versions of a key descending. The sources
 * play a tournament, in which each knows its losers (Knuth, "The Art of Computer Programming", vol.
 * 3, 5.4.1). Most games are decided without a look at the keys, by codes: how much of a key is that
 * of the winner before, and six bytes behind that (Do and Graefe, "Robust and efficient sorting
 * with offset-value coding", 2023). Not thread-safe.
 */
public final class VersionMerge implements VersionWalk {

    private static final int VALUE_BITS = 48;
    private static final long VALUE_MASK = (1L << VALUE_BITS) - 1;

    /** More than a key is long. */
    private static final int OFFSET_MAX = (1 << 15) - 2;

    private static final long ENDED = Long.MAX_VALUE;

    private final Source[] sources;

    /**
     * The winner, then who lost at each of the games, those of game n against those of 2n, 2n+1.
     */
    private final Source[] standing;

    private boolean isStarted;

    /** Of the winner; asked more than once, and each time of whichever kind of walk it is. */
    private long sequence;

    private boolean isRemoval;

    /**
     * @param walks of equal versions, that of the first one comes first
     */
    public VersionMerge(List<? extends VersionWalk> walks) {
        this.sources = new Source[walks.size()];
        for (int age = 0; age < sources.length; age++) {
            sources[age] = new Source(walks.get(age), age);
        }
        this.standing = new Source[Math.max(1, sources.length)];
    }

    /** A walk and where it is. */
    private static final class Source {

        private final VersionWalk entries;
        private final int age;
        private final ByteSpan key = new ByteSpan();

        /**
         * The smaller, the smaller is the key, as long as it is compared with others that have
         * theirs for the same smaller key. Of equal ones the keys must be compared.
         */
        private long code;

        Source(VersionWalk entries, int age) {
            this.entries = entries;
            this.age = age;
        }

        void advance() {
            if (entries.advance()) {
                entries.key(key);
                encode(entries.common());
            } else {
                code = ENDED;
            }
        }

        /**
         * @param common how much of the key is that of a smaller one
         */
        void encode(int common) {
            long value = key.head(common) >>> Long.SIZE - VALUE_BITS;
            code = (long) (OFFSET_MAX - common) << VALUE_BITS | value;
        }

        /** How much is common to the key and that which the code is for. */
        int offset() {
            return OFFSET_MAX - (int) (code >>> VALUE_BITS);
        }

        /** Whether it wins against the other one, which then gets its code for this key. */
        boolean wins(Source other) {
            if (code == other.code) {
                return code == ENDED || winsByKey(other);
            }
            boolean isWon = code < other.code;
            Source loser = isWon ? other : this;
            long differing = code ^ other.code;
            if (loser.code != ENDED && differing <= VALUE_MASK) {
                int same = (Long.numberOfLeadingZeros(differing) - (Long.SIZE - VALUE_BITS)) >> 3;
                if (same > 0) {
                    int shorter = Math.min(key.length(), other.key.length());
                    loser.encode(Math.min(offset() + same, shorter));
                }
            }
            return isWon;
        }

        private boolean winsByKey(Source other) {
            int offset = offset();
            int common = offset + key.mismatch(other.key, offset);
            boolean isOther = common < Math.max(key.length(), other.key.length());
            boolean isWon = isOther ? isBefore(other, common) : isNewer(other);
            (isWon ? other : this).encode(common);
            return isWon;
        }

        private boolean isBefore(Source other, int common) {
            return common == key.length()
                    || common < other.key.length()
                            && Byte.compareUnsigned(key.at(common), other.key.at(common)) < 0;
        }

        private boolean isNewer(Source other) {
            long sequence = entries.sequence();
            long others = other.entries.sequence();
            return sequence == others ? age < other.age : sequence > others;
        }
    }

    @Override
    public boolean advance() {
        if (sources.length == 0) {
            return false;
        }
        if (isStarted) {
            Source moved = standing[0];
            moved.advance();
            standing[0] = replayed(moved);
        } else {
            isStarted = true;
            Arrays.stream(sources).forEach(Source::advance);
            standing[0] = winner(1);
        }
        Source winner = standing[0];
        if (winner.code == ENDED) {
            return false;
        }
        sequence = winner.entries.sequence();
        isRemoval = winner.entries.isRemoval();
        return true;
    }

    /** Plays a game, and those that lead to it. */
    private Source winner(int game) {
        if (game >= sources.length) {
            return sources[game - sources.length];
        }
        Source left = winner(2 * game);
        Source right = winner(2 * game + 1);
        boolean isLeft = left.wins(right);
        standing[game] = isLeft ? right : left;
        return isLeft ? left : right;
    }

    /** Plays the games of the last winner again: all whom it met have their codes for its key. */
    private Source replayed(Source moved) {
        Source winner = moved;
        for (int game = (sources.length + moved.age) / 2; game > 0; game /= 2) {
            Source other = standing[game];
            if (other.wins(winner)) {
                standing[game] = winner;
                winner = other;
            }
        }
        return winner;
    }

    @Override
    public int common() {
        return standing[0].offset();
    }

    @Override
    public byte[] key() {
        return standing[0].key.copy();
    }

    @Override
    public void key(ByteSpan span) {
        ByteSpan key = standing[0].key;
        span.set(key.bytes(), key.start(), key.length());
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public boolean isRemoval() {
        return isRemoval;
    }

    @Override
    public byte[] value() {
        return standing[0].entries.value();
    }

    @Override
    public void value(ByteSpan span) {
        standing[0].entries.value(span);
    }

    @Override
    public void close() {
        for (Source source : sources) {
            source.entries.close();
        }
    }
}

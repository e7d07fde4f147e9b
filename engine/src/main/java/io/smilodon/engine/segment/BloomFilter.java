package io.smilodon.engine.segment;

import io.smilodon.engine.entry.KeyHash;
import io.smilodon.engine.file.ByteReader;
import io.smilodon.engine.file.ByteWriter;
import io.smilodon.engine.file.MalformedBytesException;

/**
 * Says of most absent keys that they are absent: ten bits a key, seven of them in one cache line,
 * about one wrong "perhaps" in a hundred (Putze, Sanders, Singler, "Cache-, Hash- and
 * Space-Efficient Bloom Filters", 2007).
 *
 * <pre>filter := line*, line := word u64[8]</pre>
 *
 * Immutable once built; the hash is part of the format.
 */
public final class BloomFilter {

    private static final int WORDS_PER_LINE = 8;
    private static final int BITS_PER_KEY = 10;
    private static final int PROBES = 7;
    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    private final long[] words;

    private BloomFilter(long[] words) {
        this.words = words;
    }

    /** A filter for the keys of which the first {@code count} hashes are given. */
    static BloomFilter of(long[] hashes, int count) {
        int bitsPerLine = WORDS_PER_LINE * Long.SIZE;
        long lines = Math.max(1, ((long) count * BITS_PER_KEY + bitsPerLine - 1) / bitsPerLine);
        BloomFilter filter = new BloomFilter(new long[(int) (lines * WORDS_PER_LINE)]);
        for (int index = 0; index < count; index++) {
            filter.add(hashes[index]);
        }
        return filter;
    }

    private void add(long hash) {
        int line = lineOf(hash);
        long probes = hash * MULTIPLIER;
        for (int probe = 0; probe < PROBES; probe++) {
            words[line + (int) (probes & 7)] |= 1L << (probes >>> 3);
            probes >>>= 9;
        }
    }

    /** How much memory it takes. */
    long bytes() {
        return (long) words.length * Long.BYTES;
    }

    /**
     * Reads both ends of what {@link #mightContain} reads: behind the head of their array, lines
     * begin inside those of the processor.
     */
    int touch(long hash) {
        int line = lineOf(hash);
        return (int) (words[line] + words[line + WORDS_PER_LINE - 1]);
    }

    boolean mightContain(long hash) {
        int line = lineOf(hash);
        long probes = hash * MULTIPLIER;
        for (int probe = 0; probe < PROBES; probe++) {
            if ((words[line + (int) (probes & 7)] & 1L << (probes >>> 3)) == 0) {
                return false;
            }
            probes >>>= 9;
        }
        return true;
    }

    private int lineOf(long hash) {
        long lines = words.length / WORDS_PER_LINE;
        return (int) ((hash >>> 32) * lines >>> 32) * WORDS_PER_LINE;
    }

    /** How many keys a filter of a size was made for, at most. */
    static long keyCountMax(long bytes) {
        return bytes * Byte.SIZE / BITS_PER_KEY;
    }

    /** The hash of a key. */
    public static long hash(byte[] key) {
        return KeyHash.of(key, 0);
    }

    byte[] encode() {
        ByteWriter writer = new ByteWriter(words.length * Long.BYTES);
        for (long word : words) {
            writer.u64(word);
        }
        return writer.toBytes();
    }

    static BloomFilter decode(byte[] bytes) {
        if (bytes.length == 0 || bytes.length % (WORDS_PER_LINE * Long.BYTES) != 0) {
            throw new MalformedBytesException("a filter of " + bytes.length + " bytes");
        }
        ByteReader reader = new ByteReader(bytes);
        long[] words = new long[bytes.length / Long.BYTES];
        for (int index = 0; index < words.length; index++) {
            words[index] = reader.u64();
        }
        return new BloomFilter(words);
    }
}

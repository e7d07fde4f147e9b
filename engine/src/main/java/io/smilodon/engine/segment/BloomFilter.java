package io.smilodon.engine.segment;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.KeyFilter;
import io.smilodon.engine.entry.KeyHash;
import io.smilodon.engine.entry.KeyKind;
import io.smilodon.engine.file.ByteReader;
import io.smilodon.engine.file.ByteWriter;
import io.smilodon.engine.file.MalformedBytesException;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.ObjIntConsumer;

/**
 * Says of most absent keys that they are absent: seven bits of each key are set in one cache line
 * (Putze, Sanders, Singler, "Cache-, Hash- and Space-Efficient Bloom Filters", 2007). Where that
 * takes ten bits a key, about one "perhaps" in a hundred is wrong; with sixteen, one in six
 * hundred. Of {@linkplain ScannedKinds scanned kinds} it holds a sample only, every sixteenth key:
 * those in whose hash bits 28 to 31 are 0. Of the others it says that they may be there.
 *
 * <pre>
 * filter := line* | tail, line := word u64[8]
 * tail   := kind u64* (those of which keys are left out, ascending) |
 *           keys u64 (held or not) | number of these kinds u32
 * </pre>
 *
 * The first filters, of ten bits a key, had no tail, which their length tells. Immutable once
 * built; the hash is part of the format.
 */
public final class BloomFilter {

    /** One key of so many of a scanned kind is in the sample: part of the format. */
    static final int SAMPLED = 16;

    private static final int WORDS_PER_LINE = 8;
    private static final int PROBES = 7;
    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    /** The bits of its hash that are 0 then: part of the format. No line is chosen by them. */
    private static final long SAMPLE_BITS = (long) (SAMPLED - 1) << 28;

    private static final long[] NO_KINDS = {};
    private static final int TAIL_BYTES = Long.BYTES + Integer.BYTES;
    private static final int LINE_BYTES = WORDS_PER_LINE * Long.BYTES;
    private static final int BITS_PER_KEY_WITHOUT_TAIL = 10;

    private final long[] words;
    private final long[] sampled;
    private final long keys;

    private BloomFilter(long[] words, long[] sampled, long keys) {
        this.words = words;
        this.sampled = sampled;
        this.keys = keys;
    }

    /** Gathers the keys of a filter, in order. Not thread-safe. */
    public static final class Builder {

        private final int bitsPerKey;
        private final LongPredicate isScanned;

        /** The hashes of the keys that it holds: of kinds that are not scanned, and of others. */
        private final Numbers asked = new Numbers();

        private final Numbers sample = new Numbers();

        /** The scanned kinds, and those of them of which it lacks keys. */
        private final Numbers scanned = new Numbers();

        private final Numbers lacking = new Numbers();
        private long keys;
        private long kind = -1; // of no key
        private boolean isKindScanned;

        /**
         * @param bitsPerKey what it takes for each key that it holds
         * @param isScanned whether a kind is; asked once when its keys begin
         */
        public Builder(int bitsPerKey, LongPredicate isScanned) {
            this.bitsPerKey = bitsPerKey;
            this.isScanned = isScanned;
        }

        /** Adds what comes behind all other keys. */
        void add(ByteSpan key) {
            if (KeyKind.of(key) != kind) {
                begin(KeyKind.of(key));
            }
            keys++;
            long hash = KeyHash.of(key.bytes(), key.start(), key.length(), 0);
            if (!isKindScanned || isInSample(hash)) {
                hold(hash);
            } else if (!lacking.endWith(kind)) {
                lack(kind);
            }
        }

        private void begin(long next) {
            kind = next;
            isKindScanned = isScanned.test(kind);
            if (isKindScanned) {
                name(kind);
            }
        }

        private void name(long scannedKind) {
            scanned.add(scannedKind);
        }

        private void hold(long hash) {
            (isKindScanned ? sample : asked).add(hash);
        }

        private void lack(long scannedKind) {
            lacking.add(scannedKind);
        }

        BloomFilter build() {
            int bitsPerLine = WORDS_PER_LINE * Long.SIZE;
            long bits = ((long) asked.count + sample.count) * bitsPerKey;
            long lines = Math.max(1, (bits + bitsPerLine - 1) / bitsPerLine);
            long[] words = new long[(int) (lines * WORDS_PER_LINE)];
            BloomFilter filter = new BloomFilter(words, lacking.toArray(), keys);
            filter.addAll(asked);
            filter.addAll(sample);
            return filter;
        }

        /** What tells of those of the keys that are not scanned. */
        public AskedKeys askedKeys() {
            return new AskedKeys(KeyFilter.of(asked.toArray()), scanned.toArray());
        }
    }

    /** Some numbers, one behind the other. Not thread-safe. */
    private static final class Numbers {

        private long[] items = new long[16];
        private int count;

        void add(long item) {
            if (count == items.length) {
                items = Arrays.copyOf(items, 2 * count);
            }
            items[count++] = item;
        }

        boolean endWith(long item) {
            return count > 0 && items[count - 1] == item;
        }

        long[] toArray() {
            return Arrays.copyOf(items, count);
        }
    }

    private void addAll(Numbers hashes) {
        for (int index = 0; index < hashes.count; index++) {
            add(hashes.items[index]);
        }
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
        return (long) (words.length + sampled.length) * Long.BYTES;
    }

    /** How many keys it was made of, at most. */
    long keyCountMax() {
        return keys;
    }

    /**
     * Reads both ends of what {@link #mightContain} reads: behind the head of their array, lines
     * begin inside those of the processor.
     */
    int touch(long hash) {
        int line = lineOf(hash);
        return (int) (words[line] + words[line + WORDS_PER_LINE - 1]);
    }

    /**
     * Whether the key may be there.
     *
     * @param hash {@link #hash} of the key
     */
    boolean mightContain(byte[] key, long hash) {
        return isSet(hash) || !isHeld(key, hash);
    }

    private boolean isSet(long hash) {
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

    /** Whether it would hold the key, if that was there. */
    private boolean isHeld(byte[] key, long hash) {
        return !isSampled(key) || isInSample(hash);
    }

    private boolean isSampled(byte[] key) {
        long kind = KeyKind.of(key);
        return sampled.length > 0
                && kind >= sampled[0] // documents are not
                && Arrays.binarySearch(sampled, kind) >= 0;
    }

    private static boolean isInSample(long hash) {
        return (hash & SAMPLE_BITS) == 0;
    }

    /**
     * Hands over those of some keys of which filters that lack keys of the same kinds can tell
     * whether they were made of them: of such kinds those in the sample, of the others about so
     * many at even distances, each with how many it stands for.
     */
    void sample(List<byte[]> some, int wanted, ObjIntConsumer<byte[]> receiver) {
        int stride = Math.max(1, some.size() / wanted);
        for (int index = 0; index < some.size(); index++) {
            byte[] key = some.get(index);
            if (!isSampled(key) && index % stride == stride / 2) {
                receiver.accept(key, stride);
            } else if (isSampled(key) && isInSample(hash(key))) {
                receiver.accept(key, SAMPLED);
            }
        }
    }

    private int lineOf(long hash) {
        long lines = words.length / WORDS_PER_LINE;
        return (int) ((hash >>> 32) * lines >>> 32) * WORDS_PER_LINE;
    }

    /** The hash of a key. */
    public static long hash(byte[] key) {
        return KeyHash.of(key, 0);
    }

    byte[] encode() {
        int kindBytes = sampled.length * Long.BYTES;
        ByteWriter writer = new ByteWriter(words.length * Long.BYTES + kindBytes + TAIL_BYTES);
        for (long word : words) {
            writer.u64(word);
        }
        for (long kind : sampled) {
            writer.u64(kind);
        }
        return writer.u64(keys).u32(sampled.length).toBytes();
    }

    static BloomFilter decode(byte[] bytes) {
        if (bytes.length % Long.BYTES == 0) {
            long keys = (long) bytes.length * Byte.SIZE / BITS_PER_KEY_WITHOUT_TAIL;
            return new BloomFilter(lines(new ByteReader(bytes), bytes.length), NO_KINDS, keys);
        }
        int size = Math.max(0, bytes.length - TAIL_BYTES);
        ByteReader tail = new ByteReader(bytes, size, bytes.length - size);
        long keys = tail.u64();
        int kinds = tail.u32();
        if (keys < 0 || kinds < 0 || kinds > size / Long.BYTES) {
            throw new MalformedBytesException(
                    "a filter of " + keys + " keys and " + kinds + " kinds");
        }
        ByteReader reader = new ByteReader(bytes);
        long[] words = lines(reader, size - kinds * Long.BYTES);
        long[] sampled = words(reader, kinds);
        for (int index = 1; index < kinds; index++) {
            if (sampled[index] <= sampled[index - 1]) {
                throw new MalformedBytesException("kinds of a filter that do not ascend");
            }
        }
        return new BloomFilter(words, sampled, keys);
    }

    private static long[] lines(ByteReader reader, int bytes) {
        if (bytes == 0 || bytes % LINE_BYTES != 0) {
            throw new MalformedBytesException("a filter of " + bytes + " bytes");
        }
        return words(reader, bytes / Long.BYTES);
    }

    private static long[] words(ByteReader reader, int count) {
        long[] words = new long[count];
        for (int index = 0; index < count; index++) {
            words[index] = reader.u64();
        }
        return words;
    }
}

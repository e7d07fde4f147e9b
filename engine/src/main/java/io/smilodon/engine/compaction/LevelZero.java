package io.smilodon.engine.compaction;

import io.smilodon.engine.entry.KeyFilter;
import io.smilodon.engine.entry.KeyKind;
import io.smilodon.engine.segment.AskedKeys;
import io.smilodon.engine.segment.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The segments of level 0, of which a key may be in any: most keys are in none or one, which one
 * look into a filter of all of them tells, where the filters of each would be as many cache misses.
 * Segments of which nothing is known in memory, or of far fewer keys than others, are always asked
 * by themselves. Immutable.
 */
final class LevelZero {

    /** Of a segment that is always asked. */
    private static final long ALWAYS = -1;

    /** Newest first. */
    private final Segment[] all;

    /** For each segment its bit in what the filter {@linkplain KeyFilter#matches says}. */
    private final long[] bits;

    /** Those that are always asked. */
    private final Segment[] others;

    private final KeyFilter filter;

    /** Of which the filter may lack keys; ascending. */
    private final long[] scannedKinds;

    private LevelZero(List<Segment> all, long[] bits, List<AskedKeys> known) {
        this.all = all.toArray(Segment[]::new);
        this.bits = bits;
        this.others = matching(0);
        this.filter = KeyFilter.merged(known.stream().map(AskedKeys::filter).toList());
        this.scannedKinds =
                known.stream()
                        .flatMapToLong(keys -> LongStream.of(keys.scannedKinds()))
                        .sorted()
                        .distinct()
                        .toArray();
    }

    /**
     * @param segments newest first
     */
    static LevelZero of(List<Segment> segments) {
        int highest =
                segments.stream()
                        .flatMap(segment -> segment.askedKeys().stream())
                        .mapToInt(keys -> keys.filter().height())
                        .max()
                        .orElse(0);
        long[] bits = new long[segments.size()];
        List<AskedKeys> known = new ArrayList<>();
        for (int place = 0; place < bits.length; place++) {
            Optional<AskedKeys> alike =
                    segments.get(place)
                            .askedKeys()
                            .filter(keys -> 2 * keys.filter().height() >= highest);
            bits[place] = alike.isPresent() ? 1L << known.size() : ALWAYS;
            alike.ifPresent(known::add);
        }
        return new LevelZero(segments, bits, known);
    }

    /**
     * Segments that may have a key, newest first.
     *
     * @param hash {@link io.smilodon.engine.segment.BloomFilter#hash} of the key
     */
    Segment[] around(byte[] key, long hash) {
        if (isScanned(key)) {
            return all;
        }
        long matches = filter.matches(hash);
        return matches == 0 ? others : matching(matches);
    }

    private Segment[] matching(long matches) {
        Segment[] found = new Segment[all.length];
        int count = 0;
        for (int place = 0; place < all.length; place++) {
            if (bits[place] == ALWAYS || (bits[place] & matches) != 0) {
                found[count] = all[place];
                count++;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private boolean isScanned(byte[] key) {
        return scannedKinds.length > 0 && Arrays.binarySearch(scannedKinds, KeyKind.of(key)) >= 0;
    }
}

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
 * The segments of level 0, of which a key may be in any: most keys are in none, which one look into
 * a filter of all of them tells, where the filters of each would be as many cache misses. Segments
 * of which nothing is known in memory, or of far fewer keys than others, are asked by themselves.
 * Immutable.
 */
final class LevelZero {

    private final Segment[] all;

    /** Those that the filter is not of; newest first, as all are. */
    private final Segment[] others;

    private final KeyFilter filter;

    /** Of which the filter may lack keys; ascending. */
    private final long[] scannedKinds;

    private LevelZero(List<Segment> all, List<Segment> others, List<AskedKeys> known) {
        this.all = all.toArray(Segment[]::new);
        this.others = others.toArray(Segment[]::new);
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
        List<Segment> others = new ArrayList<>();
        List<AskedKeys> known = new ArrayList<>();
        for (Segment segment : segments) {
            Optional<AskedKeys> keys = segment.askedKeys();
            boolean isAlike = keys.filter(own -> 2 * own.filter().height() >= highest).isPresent();
            if (isAlike) {
                known.add(keys.get());
            } else {
                others.add(segment);
            }
        }
        return new LevelZero(segments, others, known);
    }

    /**
     * Segments that may have a key, newest first.
     *
     * @param hash {@link io.smilodon.engine.segment.BloomFilter#hash} of the key
     */
    Segment[] around(byte[] key, long hash) {
        return filter.mightContain(hash) || isScanned(key) ? all : others;
    }

    private boolean isScanned(byte[] key) {
        return scannedKinds.length > 0 && Arrays.binarySearch(scannedKinds, KeyKind.of(key)) >= 0;
    }
}

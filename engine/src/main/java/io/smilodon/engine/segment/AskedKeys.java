package io.smilodon.engine.segment;

import io.smilodon.engine.entry.KeyFilter;

/**
 * What is known in memory of the keys of a new segment that are asked for one by one, as those of
 * documents and of unique indexes are. Nobody changes the array.
 *
 * @param filter of the {@link BloomFilter#hash}es of all keys but those of scanned kinds
 * @param scannedKinds ascending; the filter has none of their keys
 */
public record AskedKeys(KeyFilter filter, long[] scannedKinds) {

    /**
     * How much memory it takes, with its part of what is made of those of many segments: there it
     * stands twice if others are of more keys.
     */
    long bytes() {
        return 3 * (filter.bytes() + (long) scannedKinds.length * Long.BYTES);
    }
}

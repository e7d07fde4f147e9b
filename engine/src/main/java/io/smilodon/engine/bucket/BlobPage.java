package io.smilodon.engine.bucket;

import java.util.List;
import java.util.Optional;

/**
 * A part of the list of a bucket's keys.
 *
 * @param entries the keys, in order
 * @param next the key after which the next part begins; empty at the end
 */
public record BlobPage(List<Entry> entries, Optional<byte[]> next) {

    public BlobPage {
        entries = List.copyOf(entries);
    }

    /**
     * A blob, without what is in it.
     *
     * @param key its key
     * @param bytes its size
     * @param version the version that wrote it
     */
    public record Entry(byte[] key, int bytes, long version) {}
}

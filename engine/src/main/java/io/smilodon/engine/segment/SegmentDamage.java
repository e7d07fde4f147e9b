package io.smilodon.engine.segment;

import java.util.Optional;

/**
 * A part of a segment's file that is not as it was written.
 *
 * @param part what it is
 * @param offset where it begins
 * @param bytes how long it is
 * @param found what is wrong with it
 * @param lost the keys whose entries cannot be read because of it; empty if none are lost
 */
public record SegmentDamage(
        Part part, long offset, long bytes, String found, Optional<KeySpan> lost) {

    /** The parts of a segment's file. */
    public enum Part {
        HEADER,
        DATA_BLOCK,
        INDEX_BLOCK,
        FILTER_BLOCK,
        FOOTER,
        DIGEST,
        FILE
    }

    /**
     * Neighbouring keys.
     *
     * @param after the last key before them; empty if there is none
     * @param to the last of them; empty if there is no end
     */
    public record KeySpan(byte[] after, byte[] to) {

        public static final KeySpan ALL = new KeySpan(new byte[0], new byte[0]);
    }
}

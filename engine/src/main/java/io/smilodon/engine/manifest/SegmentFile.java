package io.smilodon.engine.manifest;

import java.util.Locale;

/**
 * A segment, as the manifest knows it.
 *
 * @param number its file number
 * @param salt its random generation, which its checksums include
 * @param bytes its length
 * @param footerCrc the checksum of its footer, which holds the digest of the whole file
 * @param minSequence the oldest commit that it may contain
 * @param maxSequence the newest commit that it may contain
 */
public record SegmentFile(
        long number, long salt, long bytes, int footerCrc, long minSequence, long maxSequence) {

    public static final String SUFFIX = ".segment";

    public String name() {
        return name(number);
    }

    public static String name(long number) {
        return String.format(Locale.ROOT, "%012d", number) + SUFFIX;
    }
}

package io.smilodon.engine.manifest;

import io.smilodon.engine.file.FileNumber;
import java.util.regex.Pattern;

/**
 * A segment, as the manifest knows it.
 *
 * @param number its file number
 * @param salt its random generation, which its checksums include
 * @param bytes its length
 * @param footerCrc the checksum of its footer, which holds the digest of the whole file
 * @param minSequence the oldest commit that it may contain
 * @param maxSequence the newest commit that it may contain
 * @param level 0 for a flushed one, which may overlap others; on each further level the keys of one
 *     segment lie wholly before those of the next
 */
public record SegmentFile(
        long number,
        long salt,
        long bytes,
        int footerCrc,
        long minSequence,
        long maxSequence,
        int level) {

    public static final String SUFFIX = ".segment";

    private static final Pattern NAME = Pattern.compile("\\d{12}\\" + SUFFIX);

    /** A segment of level 0. */
    public SegmentFile(
            long number, long salt, long bytes, int footerCrc, long minSequence, long maxSequence) {
        this(number, salt, bytes, footerCrc, minSequence, maxSequence, 0);
    }

    /** The same segment on another level. */
    public SegmentFile withLevel(int newLevel) {
        return new SegmentFile(number, salt, bytes, footerCrc, minSequence, maxSequence, newLevel);
    }

    public String name() {
        return name(number);
    }

    public static String name(long number) {
        return FileNumber.text(number) + SUFFIX;
    }

    /** Whether this is the name of a segment with this number or a higher one. */
    public static boolean isNewer(String name, long number) {
        return NAME.matcher(name).matches()
                && Long.parseLong(name.substring(0, name.length() - SUFFIX.length())) >= number;
    }
}

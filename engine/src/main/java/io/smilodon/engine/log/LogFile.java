package io.smilodon.engine.log;

import io.smilodon.engine.file.FileNumber;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file of the log, as the manifest knows it.
 *
 * @param number its file number
 * @param salt its random id, which its frames repeat
 * @param firstLsn its first frame
 * @param seal its end, once another file follows
 */
public record LogFile(long number, long salt, long firstLsn, Optional<LogSeal> seal) {

    public static final String SUFFIX = ".log";

    private static final Pattern NAME = Pattern.compile("\\d{12}\\" + SUFFIX);

    public String name() {
        return name(number);
    }

    public static String name(long number) {
        return FileNumber.text(number) + SUFFIX;
    }

    /** Whether it was finished before anything was written to it. */
    public boolean isEmpty() {
        return seal.isPresent() && seal.get().lastLsn() < firstLsn;
    }

    /** Whether this is the name of a log file with this number or a higher one. */
    public static boolean isNewer(String name, long number) {
        return NAME.matcher(name).matches()
                && Long.parseLong(name.substring(0, name.length() - SUFFIX.length())) >= number;
    }

    /**
     * Whether no frame is missing, or there twice, between the files before and this one.
     *
     * @param nextLsn what follows those before; 0 if there are none
     * @param checkpointLsn frames up to it may be missing: they are in segments
     */
    public boolean follows(long nextLsn, long checkpointLsn) {
        return firstLsn >= nextLsn && firstLsn <= Math.max(nextLsn, checkpointLsn + 1);
    }

    public LogFile sealed(LogSeal end) {
        return new LogFile(number, salt, firstLsn, Optional.of(end));
    }
}

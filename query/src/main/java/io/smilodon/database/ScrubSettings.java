package io.smilodon.database;

import java.util.concurrent.TimeUnit;

/**
 * How all data is read and checked again in the background.
 *
 * @param periodMillis from the beginning of one pass to that of the next; 0 for never. The first
 *     begins an hour after opening, or after one period if that is shorter
 * @param bytesPerSecondMax how fast
 */
public record ScrubSettings(long periodMillis, long bytesPerSecondMax) {

    /** Weekly, at five megabytes a second. */
    public static final ScrubSettings DEFAULTS =
            new ScrubSettings(TimeUnit.DAYS.toMillis(7), 5_000_000);

    public static final ScrubSettings OFF = new ScrubSettings(0, 1);

    public ScrubSettings {
        if (periodMillis < 0 || bytesPerSecondMax <= 0) {
            throw new IllegalArgumentException(
                    "periodMillis: " + periodMillis + ", bytesPerSecondMax: " + bytesPerSecondMax);
        }
    }
}

package io.smilodon.database;

import java.util.concurrent.TimeUnit;

/**
 * How documents are removed that TTL indexes say have lived long enough.
 *
 * @param periodMillis from the end of one pass to the beginning of the next; 0 for never
 * @param documentsMax removed for one index before the others have their turn
 * @param millisMax spent on one index before the others have their turn
 */
public record TtlSettings(long periodMillis, int documentsMax, long millisMax) {

    /** Every minute; as many as MongoDB removes at a time. */
    public static final TtlSettings DEFAULTS =
            new TtlSettings(TimeUnit.SECONDS.toMillis(60), 50_000, 1_000);

    public static final TtlSettings OFF = new TtlSettings(0, 50_000, 1_000);

    public TtlSettings {
        if (periodMillis < 0 || documentsMax <= 0 || millisMax <= 0) {
            throw new IllegalArgumentException(
                    "periodMillis: "
                            + periodMillis
                            + ", documentsMax: "
                            + documentsMax
                            + ", millisMax: "
                            + millisMax);
        }
    }
}

package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.Map;

/**
 * How long the requests that come one way may take, in milliseconds; 0 for as long as they like.
 *
 * @param defaultMillis for those that do not say
 * @param millisMax the most that they may ask for, and what they have that ask for no limit
 */
public record TimeLimits(long defaultMillis, long millisMax) {

    /** Inside a program. */
    public static final TimeLimits NONE = new TimeLimits(0, 0);

    private static final String NAME = "maxTimeMS";

    public TimeLimits {
        if (defaultMillis < 0 || millisMax < 0) {
            throw new IllegalArgumentException("limits: " + defaultMillis + ", " + millisMax);
        }
    }

    /**
     * How long a request may take.
     *
     * @param maxTime its {@code maxTimeMS}; what is no time at all counts as absent here and is
     *     refused where the request is read
     * @throws SmilodonException {@code BadValue} if it asks for more than it can have
     */
    public long of(Value maxTime) {
        if (!(maxTime instanceof NumberValue limit) || limit.toLong() < 0) {
            return defaultMillis;
        }
        return limited(limit.toLong());
    }

    private long limited(long millis) {
        if (millis == 0) {
            return millisMax;
        }
        if (millisMax > 0 && millis > millisMax) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "maxTimeMS is more than a request may take",
                            Map.of("actual", millis, "limit", millisMax))
                    .at(Location.ROOT.child(NAME));
        }
        return millis;
    }

    /** For requests that take long by their nature, such as building an index. */
    public TimeLimits patient() {
        return new TimeLimits(millisMax, millisMax);
    }
}

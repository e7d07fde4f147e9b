package io.smilodon.index;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.key.KeyPattern;
import io.smilodon.index.key.PartKind;
import java.util.Map;
import java.util.Optional;

/** The option {@code expireAfterSeconds} of an index on a date. */
public final class TtlOption {

    /** MongoDB's limit: the largest number of 32 bits, about 68 years. */
    public static final long SECONDS_MAX = Integer.MAX_VALUE;

    private static final String OPTION = IndexOptions.EXPIRE_AFTER_SECONDS;

    private TtlOption() {}

    /**
     * Reads the option from the specification of an index.
     *
     * @throws SmilodonException 67 for what is no number of seconds, or an index of several fields
     */
    static Optional<Value> parse(Document specification, KeyPattern pattern, Location location) {
        Value written = specification.get(OPTION);
        if (written == Missing.INSTANCE) {
            return Optional.empty();
        }
        Location place = location.child(OPTION);
        Value seconds = seconds(written, ErrorCode.CANNOT_CREATE_INDEX, place);
        if (pattern.kind() != PartKind.ORDERED) {
            throw new SmilodonException(
                            ErrorCode.CANNOT_CREATE_INDEX,
                            "The index type does not support the expireAfterSeconds option",
                            Map.of("key", pattern))
                    .at(place);
        }
        if (pattern.length() > 1) {
            throw new SmilodonException(
                            ErrorCode.CANNOT_CREATE_INDEX,
                            "TTL indexes are single-field indexes, compound indexes do not support"
                                    + " TTL",
                            Map.of("key", pattern))
                    .at(place);
        }
        return Optional.of(seconds);
    }

    /**
     * A whole number of seconds between 0 and {@value #SECONDS_MAX}; fractions are cut off.
     *
     * @param code of the error for anything else
     */
    public static Value seconds(Value written, ErrorCode code, Location place) {
        if (!(written instanceof NumberValue number)) {
            throw new SmilodonException(
                            code,
                            "TTL index 'expireAfterSeconds' option must be numeric",
                            Map.of("actual", written.type().alias()))
                    .at(place);
        }
        double seconds = number.toDouble();
        if (seconds < 0) {
            throw new SmilodonException(
                            code,
                            "TTL index 'expireAfterSeconds' option cannot be less than 0",
                            Map.of("seconds", seconds))
                    .at(place);
        }
        if (!(seconds <= SECONDS_MAX)) {
            throw new SmilodonException(
                            code,
                            "TTL index 'expireAfterSeconds' option must be within an acceptable"
                                    + " range",
                            Map.of("seconds", seconds, "secondsMax", SECONDS_MAX))
                    .at(place);
        }
        return new Int32Value((int) seconds);
    }
}

package io.smilodon.query.aggregate;

import io.smilodon.engine.value.NumberValue;
import java.util.Optional;

/** Round numbers that boundaries of buckets may be. Zero and infinity are round in all of them. */
interface Granularity {

    /** The least round number above a number that is not negative. */
    NumberValue above(NumberValue number);

    /** The greatest round number below a number that is not negative. */
    NumberValue below(NumberValue number);

    static Optional<Granularity> find(String name) {
        return name.equals("POWERSOF2")
                ? Optional.of(new PowersOfTwo())
                : PreferredNumbers.find(name).map(series -> series);
    }
}

package io.smilodon.database.catalog;

import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.Arrays;
import java.util.Optional;

/** Which writes have to obey a collection's rule. */
public enum ValidationLevel {
    /** None. */
    OFF("off"),
    /** Inserts, and updates of documents that obey it already. */
    MODERATE("moderate"),
    /** All. */
    STRICT("strict");

    private final String text;

    ValidationLevel(String text) {
        this.text = text;
    }

    /** As clients write it, and as it is stored. */
    public String text() {
        return text;
    }

    /** The level of this name; empty if there is none. */
    public static Optional<ValidationLevel> ofValue(Value name) {
        return Arrays.stream(values())
                .filter(level -> new StringValue(level.text).equals(name))
                .findFirst();
    }
}

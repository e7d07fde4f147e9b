package io.smilodon.database.catalog;

import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.Arrays;
import java.util.Optional;

/** What becomes of a write that does not obey a collection's rule. */
public enum ValidationAction {
    /** It is refused. */
    ERROR("error"),
    /** It is refused; the log says so. */
    ERROR_AND_LOG("errorAndLog"),
    /** It goes through; the log says so. */
    WARN("warn");

    private final String text;

    ValidationAction(String text) {
        this.text = text;
    }

    public boolean refuses() {
        return this != WARN;
    }

    public boolean logs() {
        return this != ERROR;
    }

    /** As clients write it, and as it is stored. */
    public String text() {
        return text;
    }

    /** The action of this name; empty if there is none. */
    public static Optional<ValidationAction> ofValue(Value name) {
        return Arrays.stream(values())
                .filter(action -> new StringValue(action.text).equals(name))
                .findFirst();
    }
}

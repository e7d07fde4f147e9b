package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import java.util.Map;
import java.util.Set;

/**
 * The options of a command.
 *
 * @param command named in errors
 * @param supported those that it takes
 * @param lacking those that MongoDB takes and this release does not
 */
record KnownOptions(String command, Set<String> supported, Set<String> lacking) {

    /**
     * @throws SmilodonException 72 for an option that is lacking, 40415 for one that nobody knows
     */
    void require(String option, Location location) {
        if (supported.contains(option)) {
            return;
        }
        boolean isLacking = lacking.contains(option);
        throw new SmilodonException(
                        isLacking ? ErrorCode.INVALID_OPTIONS : ErrorCode.location(40415),
                        isLacking
                                ? "Option of " + command + " is not supported by this release"
                                : "Unknown option of " + command,
                        Map.of("option", option, "expected", supported.stream().sorted().toList()))
                .at(location);
    }
}

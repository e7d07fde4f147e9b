package io.smilodon.database;

import io.smilodon.engine.error.SmilodonException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Failures of writes in parts, which tell what was done before. */
final class Failures {

    private Failures() {}

    /** The same failure with more details. */
    static SmilodonException with(SmilodonException failure, Map<String, Object> more) {
        Map<String, Object> details = new LinkedHashMap<>(failure.details());
        details.putAll(more);
        SmilodonException detailed =
                new SmilodonException(failure.code(), failure.template(), details, failure);
        SmilodonException located = failure.location().map(detailed::at).orElse(detailed);
        SmilodonException hinted = failure.hint().map(located::withHint).orElse(located);
        for (String label : failure.labels()) {
            hinted = hinted.withLabel(label);
        }
        return hinted;
    }
}

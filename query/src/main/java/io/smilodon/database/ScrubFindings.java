package io.smilodon.database;

import io.smilodon.engine.check.Finding;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The damage that is known: what the last pass found stays until the next one has ended. */
final class ScrubFindings {

    private static final int KEPT_MAX = 1_000;

    private final Set<Finding> last = new LinkedHashSet<>();
    private final Set<Finding> current = new LinkedHashSet<>();

    /** Adds damage, without keys, since arrays are never equal; tells whether it is new. */
    boolean add(Finding finding) {
        if (current.size() >= KEPT_MAX) {
            return false;
        }
        current.add(finding);
        return last.add(finding);
    }

    void passEnded() {
        last.retainAll(current);
        current.clear();
    }

    List<Finding> known() {
        return List.copyOf(last);
    }
}

package io.smilodon.database;

import io.smilodon.engine.check.Finding;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The damage that is known: what the last pass found stays until the next one has ended. */
final class ScrubFindings {

    private static final int KEPT_MAX = 1_000;

    private final Map<Object, Finding> last = new LinkedHashMap<>();
    private final Set<Object> current = new HashSet<>();

    /** A place in a file: who reads it for another reason finds the same damage there. */
    private record Place(String file, long offset) {}

    /**
     * Adds damage; tells whether it is new. It comes without keys, since arrays are never equal.
     */
    boolean add(Finding finding) {
        if (current.size() >= KEPT_MAX) {
            return false;
        }
        Object identity =
                finding.offset().isPresent()
                        ? new Place(finding.file(), finding.offset().getAsLong())
                        : finding;
        current.add(identity);
        return last.putIfAbsent(identity, finding) == null;
    }

    void passEnded() {
        last.keySet().retainAll(current);
        current.clear();
    }

    List<Finding> known() {
        return List.copyOf(last.values());
    }
}

package io.smilodon.query;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Operators that whoever runs the database has forbidden: the request of a thread that uses one is
 * refused where it is looked up, however deep it stands. Immutable and thread-safe.
 */
public final class ForbiddenOperators {

    /** Everything is allowed. */
    public static final ForbiddenOperators NONE = new ForbiddenOperators(Set.of());

    private static final ThreadLocal<ForbiddenOperators> CURRENT =
            ThreadLocal.withInitial(() -> NONE);

    private final Set<String> names;

    /**
     * Some operators.
     *
     * @param names with their dollar signs
     */
    public ForbiddenOperators(Set<String> names) {
        this.names = Set.copyOf(names);
    }

    public Set<String> names() {
        return names;
    }

    /** Carries out a request that may not use them, whatever was forbidden before. */
    public <T> T within(Supplier<T> request) {
        ForbiddenOperators before = CURRENT.get();
        if (before == this) {
            return request.get();
        }
        CURRENT.set(this);
        try {
            return request.get();
        } finally {
            CURRENT.set(before);
        }
    }

    /**
     * Refuses an operator that the request of this thread may not use.
     *
     * @throws SmilodonException {@code QueryFeatureNotAllowed} (224)
     */
    public static void check(String name, Location place) {
        if (CURRENT.get().names.contains(name)) {
            throw new SmilodonException(
                            ErrorCode.QUERY_FEATURE_NOT_ALLOWED,
                            "The operator is forbidden on this server",
                            Map.of("operator", name, "at", place.pointer()))
                    .at(place);
        }
    }
}

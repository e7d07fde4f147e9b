package io.smilodon.query;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How the language is read, where whoever runs the database has a say in it: which operators are
 * forbidden, so that the request of a thread that uses one is refused where it is looked up,
 * however deep it stands; and what lacks the fields that a path asks for. It counts while a request
 * is read; what has been read stays as it was meant. Immutable and thread-safe.
 */
public final class Dialect {

    /**
     * That of MongoDB 8, in which everything is allowed. What is stored is read in it, filters of
     * indexes and rules of collections: they mean the same for ever.
     */
    public static final Dialect PLAIN = new Dialect(Set.of(), false);

    private static final ThreadLocal<Dialect> CURRENT = ThreadLocal.withInitial(() -> PLAIN);

    private final Set<String> forbidden;
    private final boolean elementsLackFields;

    private Dialect(Set<String> forbidden, boolean elementsLackFields) {
        this.forbidden = Set.copyOf(forbidden);
        this.elementsLackFields = elementsLackFields;
    }

    /**
     * The same without some operators.
     *
     * @param names with their dollar signs; those that this one forbids are allowed, unless among
     *     them
     */
    public Dialect forbidding(Set<String> names) {
        return new Dialect(names, elementsLackFields);
    }

    /**
     * The same, in which an array's elements that are no documents, and an array without elements,
     * count as lacking the fields that a path asks of them, or not: so <code>{"a.b": null}</code>
     * matches {@code a: [1]} and {@code a: []}, as in MongoDB 9, or it does not, as in MongoDB 8.
     */
    public Dialect whereElementsLackFields(boolean theyDo) {
        return new Dialect(forbidden, theyDo);
    }

    public boolean elementsLackFields() {
        return elementsLackFields;
    }

    /** That of what this thread reads. */
    public static Dialect current() {
        return CURRENT.get();
    }

    /** Carries out what reads a request in it, whatever was spoken before. */
    public <T> T within(Supplier<T> request) {
        Dialect before = CURRENT.get();
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
        if (CURRENT.get().forbidden.contains(name)) {
            throw new SmilodonException(
                            ErrorCode.QUERY_FEATURE_NOT_ALLOWED,
                            "The operator is forbidden on this server",
                            Map.of("operator", name, "at", place.pointer()))
                    .at(place);
        }
    }
}

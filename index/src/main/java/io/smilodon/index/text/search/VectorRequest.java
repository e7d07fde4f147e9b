package io.smilodon.index.text.search;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.Value;
import java.util.Map;
import java.util.Optional;

/**
 * What follows {@code $vectorSearch}, read. Immutable and thread-safe.
 *
 * @param limit how many documents at most
 * @param candidates how many are looked at; none if the search is exact
 */
public record VectorRequest(
        String index, String path, int limit, Optional<Integer> candidates, Fields written) {

    private static final int CANDIDATES_MAX = 10_000;

    private static final String CANDIDATES = "numCandidates";
    private static final String EXACT = "exact";
    private static final String FILTER = "filter";
    private static final String LIMIT = "limit";
    private static final String VECTOR = "queryVector";

    /** The object that was read. */
    record Fields(Options options, Optional<VectorFilter> filter) {

        Value vector() {
            return options.get(VECTOR);
        }

        Location vectorPlace() {
            return options.at(VECTOR);
        }
    }

    /** A document that was found. */
    public record Found(byte[] idKey, double score) {}

    /**
     * Reads the operand of the stage.
     *
     * @throws io.smilodon.engine.error.SmilodonException 8 for anything that it may not be
     */
    public static VectorRequest parse(Value value, Location location) {
        Options written = Options.of(value, location);
        written.only("index", "path", VECTOR, CANDIDATES, LIMIT, EXACT, FILTER);
        written.required(LIMIT);
        written.required(VECTOR);
        int limit = written.count(LIMIT, 1, 1, Integer.MAX_VALUE);
        boolean isExact = written.flag(EXACT, false);
        if (isExact == written.has(CANDIDATES)) {
            throw written.error(
                    CANDIDATES,
                    "A search for vectors is exact or has a number of candidates",
                    Map.of(EXACT, isExact));
        }
        Optional<Integer> candidates =
                isExact
                        ? Optional.empty()
                        : Optional.of(written.count(CANDIDATES, 1, limit, CANDIDATES_MAX));
        Optional<VectorFilter> filter =
                written.has(FILTER)
                        ? Optional.of(VectorFilter.parse(written.object(FILTER), 0))
                        : Optional.empty();
        return new VectorRequest(
                written.text("index"),
                written.text("path"),
                limit,
                candidates,
                new Fields(written, filter));
    }
}

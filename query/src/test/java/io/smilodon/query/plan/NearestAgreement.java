package io.smilodon.query.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.index.geo.Nearness;
import io.smilodon.index.geo.StoredGeometry;
import io.smilodon.query.predicate.Near;
import io.smilodon.query.predicate.Predicate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Holds the plans of {@code $near} to the distances of all documents. Not thread-safe. */
final class NearestAgreement {

    private final RandomQueries random;
    private final TestCollection collection;
    private final PlanResults results;

    NearestAgreement(RandomQueries random, TestCollection collection, PlanResults results) {
        this.random = random;
        this.collection = collection;
        this.results = results;
    }

    /**
     * Compares the answers of all plans, if there is an index that serves.
     *
     * @param near asks for the nearest
     * @param others what else is asked
     */
    void check(Predicate.At near, Predicate others) {
        Query query =
                Query.of(new Predicate.And(List.of(near, others)))
                        .withCollation(random.collation());
        Map<Value, Double> distances = new HashMap<>();
        Predicate rest = Query.of(others).withCollation(query.collation()).filter();
        for (Document document : collection.documents()) {
            distance(document.get(near.path().dotted()), ((Near) near.test()).nearness())
                    .ifPresent(distance -> distances.put(document.get("_id"), distance));
        }
        List<Document> matching =
                collection.documents().stream()
                        .filter(document -> distances.containsKey(document.get("_id")))
                        .filter(rest::matches)
                        .sorted(Comparator.comparing(found -> distances.get(found.get("_id"))))
                        .toList();
        for (Query asked : List.of(query, query.withLimit(3), query.withSkip(2).withLimit(4))) {
            check(asked, matching, distances);
        }
    }

    private void check(Query query, List<Document> matching, Map<Value, Double> distances) {
        for (PlanStage plan : plans(query)) {
            results.check(query, plan, matching);
            List<Double> expected =
                    matching.stream()
                            .skip(query.skip())
                            .limit(query.limit() > 0 ? query.limit() : Long.MAX_VALUE)
                            .map(document -> distances.get(document.get("_id")))
                            .toList();
            List<Double> actual =
                    collection.run(plan).stream()
                            .map(document -> distances.get(document.get("_id")))
                            .toList();
            assertEquals(expected, actual, () -> results.failure(query, plan, matching));
        }
    }

    private List<PlanStage> plans(Query query) {
        try {
            return PlanAgreement.stages(QueryPlanner.plan(query, collection.structure()));
        } catch (SmilodonException refused) {
            assertEquals(ErrorCode.NO_QUERY_EXECUTION_PLANS, refused.code());
            return List.of();
        }
    }

    /** That of the nearest of a field's places, if it is one that is asked for. */
    private static OptionalDouble distance(Value field, Nearness asked) {
        return places(field).stream()
                .flatMap(place -> StoredGeometry.find(place).stream())
                .map(asked::distance)
                .flatMapToDouble(OptionalDouble::stream)
                .min()
                .stream()
                .filter(asked::accepts)
                .findFirst();
    }

    private static List<Value> places(Value field) {
        return field instanceof ArrayValue array
                        && array.size() > 0
                        && array.get(0) instanceof ArrayValue
                ? array.elements()
                : List.of(field);
    }
}

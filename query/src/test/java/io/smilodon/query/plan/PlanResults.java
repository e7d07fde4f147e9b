package io.smilodon.query.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.codec.KeyCodec;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.exec.PlanText;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.projection.Projection;
import io.smilodon.query.sort.SortKey;
import io.smilodon.query.sort.SortPattern;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/** Holds what plans give to the documents that match. Not thread-safe. */
final class PlanResults {

    private final long seed;
    private final TestCollection collection;
    private long comparisons;

    /**
     * @param seed of the documents and queries, for the failures
     */
    PlanResults(long seed, TestCollection collection) {
        this.seed = seed;
        this.collection = collection;
    }

    /** How many comparisons there were. */
    long comparisons() {
        return comparisons;
    }

    /** Carries a plan out and compares. */
    void check(Query query, PlanStage plan, List<Document> matching) {
        comparisons++;
        List<Document> results = run(query, plan);
        long wanted = Math.max(0, matching.size() - query.skip());
        wanted = query.limit() > 0 ? Math.min(wanted, query.limit()) : wanted;
        assertEquals(wanted, results.size(), () -> failure(query, plan, matching));
        if (query.output() instanceof Query.Output.Counted) {
            return;
        }
        assertEquals(
                results.size(),
                ids(results).stream().distinct().count(),
                () -> "twice: " + failure(query, plan, matching));
        assertTrue(
                ids(matching).containsAll(ids(results)),
                () -> "too many: " + failure(query, plan, matching));
        query.sort()
                .ifPresent(
                        sort ->
                                assertEquals(
                                        keys(query, expectedOrder(query, sort, matching)),
                                        keys(query, results),
                                        () -> "order: " + failure(query, plan, matching)));
    }

    private List<Document> run(Query query, PlanStage plan) {
        try {
            return collection.run(plan);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(failure(query, plan, List.of()), e);
        }
    }

    private static List<Document> expectedOrder(
            Query query, SortPattern sort, List<Document> matching) {
        return matching.stream()
                .sorted(sort.comparator())
                .skip(query.skip())
                .limit(query.limit() > 0 ? query.limit() : Long.MAX_VALUE)
                .toList();
    }

    /** The sort keys, as text that is the same for values that sort the same. */
    private static List<String> keys(Query query, List<Document> documents) {
        SortPattern sort = query.sort().orElseThrow();
        ValueOrder order = query.collation().order();
        return documents.stream().map(document -> keyText(sort.keyOf(document), order)).toList();
    }

    private static String keyText(SortKey key, ValueOrder order) {
        StringBuilder text = new StringBuilder();
        for (Value value : key.values()) {
            text.append(HexFormat.of().formatHex(KeyCodec.encode(order.key(value))));
        }
        return text.toString();
    }

    /** The same with what a projection leaves of the documents. */
    void check(Query query, PlanStage plan, Projection projection, List<Document> matching) {
        comparisons++;
        DateValue now = new DateValue(0);
        List<String> expected =
                matching.stream()
                        .map(document -> projection.apply(EvaluationContext.of(document, now)))
                        .map(PlanResults::withoutFieldOrder)
                        .sorted()
                        .toList();
        List<String> actual =
                run(query, plan).stream().map(PlanResults::withoutFieldOrder).sorted().toList();
        assertEquals(expected, actual, () -> failure(query, plan, matching));
    }

    /** A covered result has its fields in the order of the index. */
    private static String withoutFieldOrder(Value value) {
        return switch (value) {
            case Document document -> {
                TreeMap<String, String> fields = new TreeMap<>();
                for (Field field : document) {
                    fields.put(field.name(), withoutFieldOrder(field.value()));
                }
                yield fields.toString();
            }
            case ArrayValue array ->
                    array.elements().stream()
                            .map(PlanResults::withoutFieldOrder)
                            .toList()
                            .toString();
            default -> value.toString();
        };
    }

    private static List<Value> ids(List<Document> documents) {
        return documents.stream().map(document -> document.get("_id")).toList();
    }

    /** What was asked, what was done, and what was expected. */
    String failure(Query query, PlanStage plan, List<Document> matching) {
        return "seed "
                + seed
                + ": filter "
                + json(query.filter().toDocument())
                + " sort "
                + query.sort().map(sort -> json(sort.toDocument())).orElse("none")
                + "\n"
                + PlanText.tree(plan)
                + "\nexpected "
                + matching.stream().map(PlanResults::json).toList()
                + "\nindexes "
                + collection.structure().indexes().stream()
                        .map(
                                index ->
                                        json(index.definition().toSpecification())
                                                + index.traits().multikeyPaths())
                        .toList();
    }

    static String json(Document document) {
        return ExtendedJson.write(document, JsonMode.RELAXED);
    }
}

package io.smilodon.query.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.codec.KeyCodec;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import io.smilodon.index.key.PartKind;
import io.smilodon.query.exec.PlanText;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.PredicateParser;
import io.smilodon.query.projection.Projection;
import io.smilodon.query.projection.ProjectionParser;
import io.smilodon.query.sort.SortPattern;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

/**
 * The law of the planner: whatever the documents, the indexes and the query, every plan it
 * considers gives what looking at every document gives.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlanAgreementTest {

    private static final int DOCUMENTS = 32;
    private static final int QUERIES = 50;
    private static final Set<PartKind> HOLDING_ALL = Set.of(PartKind.ORDERED, PartKind.HASHED);

    private long seed;
    private RandomQueries random;
    private TestCollection collection;

    @RepeatedTest(30)
    void every_plan_gives_what_a_scan_gives() {
        seed = Seeds.next();
        random = new RandomQueries(seed);
        collection = new TestCollection();
        fill();
        for (int i = 0; i < QUERIES; i++) {
            Document filter = random.filter();
            Optional<Predicate> predicate = parsed(filter);
            predicate.ifPresent(this::checkQuery);
        }
    }

    /** Each document satisfies a filter or its negation, never both. */
    @RepeatedTest(15)
    void a_filter_and_its_negation_share_the_documents_out() {
        seed = Seeds.next();
        random = new RandomQueries(seed);
        collection = new TestCollection();
        fill();
        for (int i = 0; i < QUERIES; i++) {
            parsed(random.filter()).ifPresent(this::checkPartition);
        }
    }

    private void fill() {
        int indexes = 1 + random.nextInt(6);
        for (int i = 0; i < indexes; i++) {
            Document index = random.index();
            if (!hasIndexLike(index)) {
                create(index);
            }
        }
        for (int id = 0; id < DOCUMENTS; id++) {
            collection.tryInsert(random.document(id));
        }
    }

    private void create(Document index) {
        try {
            collection.createIndex(index);
        } catch (SmilodonException refused) {
            // not every random filter is one that an index can have
            assertTrue(index.has("partialFilterExpression"), refused::getMessage);
        }
    }

    private boolean hasIndexLike(Document specification) {
        return collection.structure().indexes().stream()
                .anyMatch(index -> index.pattern().toDocument().equals(specification.get("key")));
    }

    private static Optional<Predicate> parsed(Document filter) {
        try {
            return Optional.of(PredicateParser.parse(filter));
        } catch (SmilodonException refused) {
            return Optional.empty(); // not every random combination is a filter
        }
    }

    private void checkPartition(Predicate predicate) {
        long matching = count(predicate);
        long others = count(new Predicate.Not(predicate));
        assertEquals(
                collection.documents().size(),
                matching + others,
                () -> "seed " + seed + ": " + json(predicate.toDocument()));
    }

    private long count(Predicate predicate) {
        Query query = Query.of(predicate).counted();
        return collection
                .run(QueryPlanner.plan(query, collection.structure()).winningPlan())
                .size();
    }

    private void checkQuery(Predicate predicate) {
        Query query = Query.of(predicate);
        List<Document> matching =
                collection.documents().stream().filter(predicate::matches).toList();
        checkPlans(query, matching);
        checkHints(query, matching);
        Optional<SortPattern> sort = sortable(matching);
        if (sort.isPresent()) {
            checkPlans(query.withSort(sort.get()), matching);
            checkPlans(query.withSort(sort.get()).withLimit(1 + random.nextInt(5)), matching);
            checkPlans(query.withSort(sort.get()).withSkip(2).withLimit(3), matching);
        }
        checkPlans(query.counted(), matching);
        Document specification = random.projection();
        Projection projection = ProjectionParser.forFind(specification, Location.ROOT);
        Query projected = query.withProjection(projection, specification);
        checkProjected(projected, projection, matching);
        sort.ifPresent(order -> checkProjected(projected.withSort(order), projection, matching));
    }

    private Optional<SortPattern> sortable(List<Document> matching) {
        SortPattern sort = SortPattern.parse(random.sort());
        try {
            matching.forEach(sort::keyOf);
            return Optional.of(sort);
        } catch (SmilodonException parallelArrays) {
            return Optional.empty();
        }
    }

    private List<PlanStage> plans(Query query) {
        PlanChoice choice = QueryPlanner.plan(query, collection.structure());
        List<PlanStage> plans = new ArrayList<>();
        plans.add(choice.winningPlan());
        choice.rejected().forEach(plan -> plans.add(plan.stage()));
        return plans;
    }

    private void checkPlans(Query query, List<Document> matching) {
        for (PlanStage plan : plans(query)) {
            checkResults(query, plan, matching);
        }
    }

    /** A hint may leave out documents only where the index has not all of them. */
    private void checkHints(Query query, List<Document> matching) {
        for (IndexCandidate index : collection.structure().indexes()) {
            boolean hasAll =
                    !index.definition().options().sparse()
                            && index.filter().isEmpty()
                            && HOLDING_ALL.contains(index.definition().pattern().kind());
            if (hasAll) {
                Query hinted = query.withHint(new Hint.ByName(index.name()));
                checkPlans(hinted, matching);
            }
        }
    }

    private void checkResults(Query query, PlanStage plan, List<Document> matching) {
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
                                        keys(expectedOrder(query, sort, matching), sort),
                                        keys(results, sort),
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
    private static List<String> keys(List<Document> documents, SortPattern sort) {
        return documents.stream().map(document -> keyText(sort, document)).toList();
    }

    private static String keyText(SortPattern sort, Document document) {
        StringBuilder text = new StringBuilder();
        for (Value value : sort.keyOf(document).values()) {
            text.append(HexFormat.of().formatHex(KeyCodec.encode(value)));
        }
        return text.toString();
    }

    private void checkProjected(Query query, Projection projection, List<Document> matching) {
        DateValue now = new DateValue(0);
        List<String> expected =
                matching.stream()
                        .map(document -> projection.apply(EvaluationContext.of(document, now)))
                        .map(PlanAgreementTest::withoutFieldOrder)
                        .sorted()
                        .toList();
        for (PlanStage plan : plans(query)) {
            List<String> actual =
                    run(query, plan).stream()
                            .map(PlanAgreementTest::withoutFieldOrder)
                            .sorted()
                            .toList();
            assertEquals(expected, actual, () -> failure(query, plan, matching));
        }
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
                            .map(PlanAgreementTest::withoutFieldOrder)
                            .toList()
                            .toString();
            default -> value.toString();
        };
    }

    private static List<Value> ids(List<Document> documents) {
        return documents.stream().map(document -> document.get("_id")).toList();
    }

    private String failure(Query query, PlanStage plan, List<Document> matching) {
        return "seed "
                + seed
                + ": filter "
                + json(query.filter().toDocument())
                + " sort "
                + query.sort().map(sort -> json(sort.toDocument())).orElse("none")
                + "\n"
                + PlanText.tree(plan)
                + "\nexpected "
                + matching.stream().map(PlanAgreementTest::json).toList()
                + "\nindexes "
                + collection.structure().indexes().stream()
                        .map(
                                index ->
                                        json(index.definition().toSpecification())
                                                + index.traits().multikeyPaths())
                        .toList();
    }

    private static String json(Document document) {
        return ExtendedJson.write(document, JsonMode.RELAXED);
    }
}

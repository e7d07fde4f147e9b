package io.smilodon.query.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.codec.KeyCodec;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.collation.Collation;
import io.smilodon.index.key.PartKind;
import io.smilodon.query.exec.PlanText;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.PredicateParser;
import io.smilodon.query.predicate.TextTest;
import io.smilodon.query.projection.Projection;
import io.smilodon.query.projection.ProjectionParser;
import io.smilodon.query.sort.SortKey;
import io.smilodon.query.sort.SortPattern;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The law of the planner: whatever the documents, the indexes and the query, every plan it
 * considers gives what looking at every document gives. One collection of random documents, which
 * change between its queries. Used once.
 */
public final class PlanAgreement {

    private static final int DOCUMENTS = 32;
    private static final int QUERIES = 25;
    private static final Set<PartKind> HOLDING_ALL = Set.of(PartKind.ORDERED, PartKind.HASHED);

    private final long seed;
    private final RandomQueries random;
    private final TestCollection collection = new TestCollection();
    private long comparisons;

    public PlanAgreement(long seed) {
        this.seed = seed;
        this.random = new RandomQueries(seed);
        fill();
    }

    /**
     * Compares the answers of all plans.
     *
     * @return how many comparisons that were
     * @throws AssertionError for the first that differs
     */
    public long comparePlans() {
        checkQueries();
        for (int turn = 0; turn < 2; turn++) {
            changeDocuments();
            checkEntries();
            checkQueries();
        }
        return comparisons;
    }

    private void checkQueries() {
        for (int i = 0; i < QUERIES; i++) {
            Document filter = random.filter();
            parsed(filter).ifPresent(this::checkQuery);
        }
    }

    /**
     * Each document satisfies a filter or its negation, never both.
     *
     * @return how many filters that were
     */
    public long comparePartitions() {
        for (int i = 0; i < QUERIES; i++) {
            parsed(random.filter()).ifPresent(this::checkPartition);
        }
        changeDocuments();
        for (int i = 0; i < QUERIES; i++) {
            parsed(random.filter()).ifPresent(this::checkPartition);
        }
        return comparisons;
    }

    /**
     * Whichever indexes may be read: nothing but these are, and the answers are the same.
     *
     * @return how many comparisons that were
     */
    public long compareAllowed() {
        for (int i = 0; i < 2 * QUERIES; i++) {
            parsed(random.filter()).ifPresent(this::checkAllowed);
        }
        return comparisons;
    }

    private void checkAllowed(Predicate predicate) {
        if (TextTest.in(predicate).isPresent()) {
            return;
        }
        List<Value> named = namedIndexes();
        Query query = Query.of(predicate).withCollation(random.collation());
        List<Document> matching =
                collection.documents().stream().filter(query.filter()::matches).toList();
        for (Query asked : sortedAndNot(query, matching)) {
            PlanChoice filtered = allowed(asked, named, AllowedIndexes.Origin.FILTER);
            checkAllowed(asked, filtered, named, matching);
            boolean serves = !PlanIndexes.areNone(filtered.winningPlan());
            PlanChoice settled = allowed(asked, named, AllowedIndexes.Origin.SETTINGS);
            if (serves) {
                checkAllowed(asked, settled, named, matching);
            } else {
                checkResults(asked, settled.winningPlan(), matching);
            }
        }
    }

    private List<Query> sortedAndNot(Query query, List<Document> matching) {
        List<Query> queries = new ArrayList<>(List.of(query, query.counted()));
        sortable(matching, query.collation())
                .ifPresent(sort -> queries.add(query.withSort(sort).withLimit(3)));
        return queries;
    }

    /** By their names or their patterns. */
    private List<Value> namedIndexes() {
        List<Value> named = new ArrayList<>();
        if (random.chance(30)) {
            named.add(Value.of(IndexDefinition.ID_INDEX_NAME));
        }
        for (IndexCandidate index : collection.structure().indexes()) {
            if (random.chance(40)) {
                Value pattern = index.definition().pattern().toDocument();
                named.add(random.chance(50) ? Value.of(index.name()) : pattern);
            }
        }
        return named;
    }

    private PlanChoice allowed(Query query, List<Value> named, AllowedIndexes.Origin origin) {
        CollectionStructure structure =
                collection.structure().allowing(new AllowedIndexes(named, origin));
        return AllowedPlans.of(query, structure, PlanMemory.NONE);
    }

    private void checkAllowed(
            Query query, PlanChoice choice, List<Value> named, List<Document> matching) {
        AllowedIndexes allowed = new AllowedIndexes(named, AllowedIndexes.Origin.FILTER);
        List<PlanStage> plans = new ArrayList<>(List.of(choice.winningPlan()));
        choice.rejected().forEach(plan -> plans.add(plan.stage()));
        for (PlanStage plan : plans) {
            checkResults(query, plan, matching);
            Set<Integer> used = new TreeSet<>(PlanIndexes.of(plan));
            used.removeIf(number -> number < PlanIndexes.ON_ID || isAllowed(number, plan, allowed));
            assertEquals(Set.of(), used, () -> named + " " + failure(query, plan, matching));
        }
    }

    private boolean isAllowed(int number, PlanStage plan, AllowedIndexes allowed) {
        if (number == PlanIndexes.ON_ID) {
            return PlanText.tree(plan).contains("IDHACK") || allowed.allow(IndexDefinition.onId());
        }
        return collection.structure().indexes().stream()
                .map(IndexCandidate::definition)
                .anyMatch(index -> index.id() == number && allowed.allow(index));
    }

    private void changeDocuments() {
        for (int change = 0; change < DOCUMENTS / 2; change++) {
            int id = random.nextInt(DOCUMENTS);
            if (random.chance(30)) {
                collection.delete(random.id(id));
            } else {
                collection.tryReplace(random.document(id));
            }
        }
    }

    /** Whatever happened to the documents: each entry is theirs, and none is missing. */
    private void checkEntries() {
        comparisons += collection.structure().indexes().size();
        List<String> wrong = collection.verify();
        assertTrue(wrong.isEmpty(), () -> "seed " + seed + ": " + wrong);
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

    /** A search for words decides by the text index, if there is one. */
    private Optional<Predicate> parsed(Document filter) {
        try {
            Predicate parsed = PredicateParser.parseQuery(filter, Location.ROOT, Set.of());
            Optional<TextTest> search = TextTest.in(parsed);
            return search.isEmpty()
                    ? Optional.of(parsed)
                    : collection.textIndex().map(index -> search.get().by(index).placedIn(parsed));
        } catch (SmilodonException refused) {
            return Optional.empty(); // not every random combination is a filter
        }
    }

    private void checkPartition(Predicate predicate) {
        if (TextTest.in(predicate).isPresent()) {
            return; // nothing finds the documents that do not have a word
        }
        comparisons++;
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
        Query query = Query.of(predicate).withCollation(random.collation());
        if (isRefused(query)) {
            return;
        }
        List<Document> matching =
                collection.documents().stream().filter(query.filter()::matches).toList();
        checkPlans(query, matching);
        if (TextTest.in(predicate).isEmpty()) {
            checkHints(query, matching);
        }
        Optional<SortPattern> sort = sortable(matching, query.collation());
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

    /** Words that only a partial index knows are found only where it knows all that match. */
    private boolean isRefused(Query query) {
        try {
            return TextTest.in(query.filter()).isPresent() && plans(query).isEmpty();
        } catch (SmilodonException refused) {
            assertEquals(ErrorCode.NO_QUERY_EXECUTION_PLANS, refused.code());
            assertTrue(collection.textIndex().orElseThrow().options().partialFilter().isPresent());
            return true;
        }
    }

    private Optional<SortPattern> sortable(List<Document> matching, Collation collation) {
        SortPattern sort = SortPattern.parse(random.sort()).under(collation.order());
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

    private void checkProjected(Query query, Projection projection, List<Document> matching) {
        DateValue now = new DateValue(0);
        List<String> expected =
                matching.stream()
                        .map(document -> projection.apply(EvaluationContext.of(document, now)))
                        .map(PlanAgreement::withoutFieldOrder)
                        .sorted()
                        .toList();
        for (PlanStage plan : plans(query)) {
            comparisons++;
            List<String> actual =
                    run(query, plan).stream()
                            .map(PlanAgreement::withoutFieldOrder)
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
                            .map(PlanAgreement::withoutFieldOrder)
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
                + matching.stream().map(PlanAgreement::json).toList()
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

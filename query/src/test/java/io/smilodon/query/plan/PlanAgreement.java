package io.smilodon.query.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.index.collation.Collation;
import io.smilodon.index.key.PartKind;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.PredicateParser;
import io.smilodon.query.predicate.TextTest;
import io.smilodon.query.projection.Projection;
import io.smilodon.query.projection.ProjectionParser;
import io.smilodon.query.sort.SortPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

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
    private final RandomExpressions expressions;
    private final TestCollection collection = new TestCollection();
    private final PlanResults results;
    private long counted;

    public PlanAgreement(long seed) {
        this(seed, new RandomQueries(seed), 0);
    }

    private PlanAgreement(long seed, RandomQueries random, int indexesOfPlaces) {
        this.seed = seed;
        this.random = random;
        this.expressions = new RandomExpressions(random);
        this.results = new PlanResults(seed, collection);
        fill(indexesOfPlaces);
    }

    /** One in which documents have places, and these are indexed. */
    public static PlanAgreement ofPlaces(long seed) {
        return new PlanAgreement(seed, new RandomQueries(seed, 30), 3);
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
        return counted + results.comparisons();
    }

    /**
     * The same for filters that are nothing but expressions.
     *
     * @return how many comparisons that were
     */
    public long compareExpressions() {
        for (int turn = 0; turn < 2; turn++) {
            for (int i = 0; i < QUERIES; i++) {
                parsed(expressions.condition()).ifPresent(this::checkQuery);
            }
            changeDocuments();
        }
        return counted + results.comparisons();
    }

    private void checkQueries() {
        for (int i = 0; i < QUERIES; i++) {
            parsed(filter()).ifPresent(this::checkQuery);
        }
    }

    /**
     * Each document satisfies a filter or its negation, never both.
     *
     * @return how many filters that were
     */
    public long comparePartitions() {
        for (int i = 0; i < QUERIES; i++) {
            parsed(filter()).ifPresent(this::checkPartition);
        }
        changeDocuments();
        for (int i = 0; i < QUERIES; i++) {
            parsed(filter()).ifPresent(this::checkPartition);
        }
        return counted + results.comparisons();
    }

    /**
     * Whichever indexes may be read: nothing but these are, and the answers are the same.
     *
     * @return how many comparisons that were
     */
    public long compareAllowed() {
        AllowedAgreement allowed = new AllowedAgreement(random, collection, results);
        for (int i = 0; i < 2 * QUERIES; i++) {
            parsed(filter()).filter(it -> TextTest.in(it).isEmpty()).ifPresent(allowed::check);
        }
        return counted + results.comparisons();
    }

    /**
     * The nearest documents, in their order.
     *
     * @return how many comparisons that were
     */
    public long compareNearest() {
        NearestAgreement nearest = new NearestAgreement(random, collection, results);
        checkEach(
                others ->
                        parsed(random.nearest())
                                .ifPresent(near -> nearest.check((Predicate.At) near, others)));
        return results.comparisons();
    }

    /**
     * What has keys between two others.
     *
     * @return how many comparisons that were
     */
    public long compareSpans() {
        checkEach(new SpanAgreement(random, collection, results)::check);
        return results.comparisons();
    }

    /** With filters that do not search for words, while documents change. */
    private void checkEach(Consumer<Predicate> check) {
        for (int turn = 0; turn < 2; turn++) {
            for (int i = 0; i < QUERIES; i++) {
                parsed(filter()).filter(it -> TextTest.in(it).isEmpty()).ifPresent(check);
            }
            changeDocuments();
        }
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
        counted += collection.structure().indexes().size();
        List<String> wrong = collection.verify();
        assertTrue(wrong.isEmpty(), () -> "seed " + seed + ": " + wrong);
    }

    private void fill(int indexesOfPlaces) {
        int indexes = indexesOfPlaces + 1 + random.nextInt(6);
        for (int i = 0; i < indexes; i++) {
            Document index = i < indexesOfPlaces ? random.indexOfPlaces() : random.index();
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

    private Document filter() {
        return expressions.filter(random.filter());
    }

    private EvaluationContext variables() {
        return EvaluationContext.of(Document.EMPTY, new DateValue(0))
                .with(RandomExpressions.VARIABLE, random.operand());
    }

    /** A search for words decides by the text index, if there is one. */
    private Optional<Predicate> parsed(Document filter) {
        try {
            Set<String> names = Set.of(RandomExpressions.VARIABLE);
            Predicate parsed =
                    PredicateParser.parseQuery(filter, Location.ROOT, names).within(variables());
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
        counted++;
        long matching = count(predicate);
        long others = count(new Predicate.Not(predicate));
        assertEquals(
                collection.documents().size(),
                matching + others,
                () -> "seed " + seed + ": " + PlanResults.json(predicate.toDocument()));
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
        Optional<SortPattern> sort = sort(random, matching, query.collation());
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

    /** A random order that these documents can have. */
    static Optional<SortPattern> sort(
            RandomQueries random, List<Document> matching, Collation collation) {
        SortPattern sort = SortPattern.parse(random.sort()).under(collation.order());
        try {
            matching.forEach(sort::keyOf);
            return Optional.of(sort);
        } catch (SmilodonException parallelArrays) {
            return Optional.empty();
        }
    }

    private List<PlanStage> plans(Query query) {
        return stages(QueryPlanner.plan(query, collection.structure()));
    }

    /** The winner and all others. */
    static List<PlanStage> stages(PlanChoice choice) {
        List<PlanStage> stages = new ArrayList<>(List.of(choice.winningPlan()));
        choice.rejected().forEach(plan -> stages.add(plan.stage()));
        return stages;
    }

    private void checkPlans(Query query, List<Document> matching) {
        for (PlanStage plan : plans(query)) {
            results.check(query, plan, matching);
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

    private void checkProjected(Query query, Projection projection, List<Document> matching) {
        plans(query).forEach(plan -> results.check(query, plan, projection, matching));
    }
}

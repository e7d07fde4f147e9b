package io.smilodon.query.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Dialect;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.PredicateParser;
import io.smilodon.query.predicate.TextTest;
import io.smilodon.query.projection.ProjectionParser;
import io.smilodon.query.sort.SortPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Plans of remembered ways against plans that are made anew. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RememberedPlanTest {

    private static final int CASES = Integer.getInteger("smilodon.remembered.cases", 4);

    /** Few random collections have a query whose way is remembered: more are made until one has. */
    private static final int CASES_MAX = 100;

    private static final int DOCUMENTS = 24;
    private static final int SHAPES = 30;
    private static final int VARIANTS = 4;

    private RandomQueries random = new RandomQueries(0);
    private RandomExpressions expressions = new RandomExpressions(random);
    private TestCollection collection = new TestCollection();
    private int remembered;

    /** Remembers all. */
    private static final class Memory implements PlanMemory {

        private final Map<QueryShape, PlanDecision> decisions = new HashMap<>();

        @Override
        public Optional<PlanDecision> recall(QueryShape shape) {
            return Optional.ofNullable(decisions.get(shape));
        }

        @Override
        public void remember(QueryShape shape, Query query, PlanDecision decision) {
            decisions.put(shape, decision);
        }
    }

    @Test
    void what_an_expression_reads_is_part_of_the_shape_and_what_it_compares_with_is_not() {
        QueryShape ofA = QueryShape.filtered(asking("{'$expr': {'$eq': ['$a', 1]}}"));
        assertEquals(ofA, QueryShape.filtered(asking("{'$expr': {'$eq': ['$a', 7]}}")));
        assertEquals(ofA, QueryShape.filtered(asking("{'$expr': {'$eq': ['$a', 'x']}}")));
        assertNotEquals(ofA, QueryShape.filtered(asking("{'$expr': {'$eq': ['$b', 1]}}")));
        assertNotEquals(ofA, QueryShape.filtered(asking("{'$expr': {'$gt': ['$a', 1]}}")));
        assertNotEquals(
                QueryShape.of(asking("{'$expr': {'$eq': ['$a', 1]}}")),
                QueryShape.of(asking("{'$expr': {'$eq': ['$a', 'x']}}")));
    }

    private static Query asking(String filter) {
        return Query.of(
                PredicateParser.parse(ExtendedJson.readDocument(filter.replace('\'', '"'))));
    }

    /** But not of what an index filter is about. */
    @Test
    void what_null_means_below_a_path_is_part_of_the_shape() {
        Document filter = Document.of("a.b", NullValue.INSTANCE);
        Query plain = Query.of(PredicateParser.parse(filter));
        Query lacking =
                Dialect.PLAIN
                        .whereElementsLackFields(true)
                        .within(() -> Query.of(PredicateParser.parse(filter)));
        assertNotEquals(QueryShape.of(plain), QueryShape.of(lacking));
        assertEquals(QueryShape.filtered(plain), QueryShape.filtered(lacking));
    }

    @Test
    void a_remembered_way_gives_what_a_new_plan_gives() {
        for (int round = 0; round < CASES || remembered == 0 && round < CASES_MAX; round++) {
            long seed = Seeds.next();
            random = new RandomQueries(seed);
            expressions = new RandomExpressions(random);
            collection = new TestCollection();
            fill();
            Memory memory = new Memory();
            for (int shape = 0; shape < SHAPES; shape++) {
                Document filter = expressions.filter(random.filter());
                for (int variant = 0; variant < VARIANTS; variant++) {
                    Document asked = variant == 0 ? filter : (Document) revalued(filter);
                    query(asked, shape).ifPresent(query -> check(query, memory, seed));
                }
            }
        }
        assertTrue(remembered > 0, () -> "only " + remembered + " of remembered ways");
    }

    private void fill() {
        for (int index = 0; index < 3; index++) {
            tryTo(() -> collection.createIndex(random.index()));
        }
        for (int id = 0; id < DOCUMENTS; id++) {
            collection.tryInsert(random.document(id));
        }
    }

    private static void tryTo(Runnable change) {
        try {
            change.run();
        } catch (SmilodonException | IllegalArgumentException refused) {
            // not every random index is one, and some are there already
            assertTrue(refused.getMessage() != null);
        }
    }

    /** With other values in the places of some. */
    private Value revalued(Value asked) {
        return switch (asked) {
            case Document document -> {
                DocumentBuilder other = Document.builder();
                for (Field field : document) {
                    other.put(field.name(), revalued(field.value()));
                }
                yield other.build();
            }
            case ArrayValue array -> {
                List<Value> others = new ArrayList<>();
                array.forEach(element -> others.add(revalued(element)));
                yield ArrayValue.of(others);
            }
            default -> !isPath(asked) && random.chance(60) ? random.document(1).get("c") : asked;
        };
    }

    private static boolean isPath(Value asked) {
        return asked instanceof StringValue string && string.value().startsWith("$");
    }

    private Optional<Query> query(Document filter, int shape) {
        Predicate predicate;
        try {
            Set<String> names = Set.of(RandomExpressions.VARIABLE);
            predicate =
                    PredicateParser.parse(filter, Location.ROOT, names)
                            .within(
                                    EvaluationContext.of(Document.EMPTY, new DateValue(0))
                                            .with(RandomExpressions.VARIABLE, random.operand()));
        } catch (SmilodonException refused) {
            return Optional.empty(); // not every random combination is a filter
        }
        if (TextTest.in(predicate).isPresent()) {
            return Optional.empty(); // it decides by an index that there may not be
        }
        Query query = Query.of(predicate);
        return Optional.of(
                switch (shape % 5) {
                    case 0 -> query.counted();
                    case 1 -> query.withSort(SortPattern.parse(Document.of("a", Value.of(1))));
                    case 2 -> query.withLimit(3).withSkip(1);
                    case 3 -> projected(query);
                    default -> query;
                });
    }

    private static Query projected(Query query) {
        Document fields = Document.of("b", Value.of(1)).with("_id", Value.of(0));
        return query.withProjection(ProjectionParser.forFind(fields, Location.ROOT), fields);
    }

    private void check(Query query, Memory memory, long seed) {
        CollectionStructure structure = collection.structure();
        PlanStage anew = QueryPlanner.plan(query, structure).winningPlan();
        Optional<PlanChoice> known =
                RememberedPlan.of(query, QueryShape.of(query), structure.statistics(), memory);
        PlanStage plan =
                known.orElseGet(() -> QueryPlanner.plan(query, structure, memory)).winningPlan();
        remembered += known.isPresent() ? 1 : 0;
        assertEquals(
                found(query, anew),
                found(query, plan),
                () -> "seed " + seed + ": " + query.filter().toDocument() + " by " + plan);
    }

    /** What does not depend on the order in which documents happen to be found. */
    private String found(Query query, PlanStage plan) {
        List<Document> results = collection.run(plan);
        query.sort().ifPresent(sort -> assertTrue(isOrdered(results, sort), query::toString));
        return query.output() instanceof Query.Output.Counted || query.limit() > 0
                ? "" + results.size()
                : results.stream().map(Document::toString).sorted().toList().toString();
    }

    private static boolean isOrdered(List<Document> results, SortPattern sort) {
        for (int next = 1; next < results.size(); next++) {
            if (sort.comparator().compare(results.get(next - 1), results.get(next)) > 0) {
                return false;
            }
        }
        return true;
    }
}

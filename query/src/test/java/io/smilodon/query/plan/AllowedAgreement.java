package io.smilodon.query.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexDefinition;
import io.smilodon.query.exec.PlanText;
import io.smilodon.query.predicate.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Holds plans to reading nothing but the indexes that are allowed. Not thread-safe. */
final class AllowedAgreement {

    private final RandomQueries random;
    private final TestCollection collection;
    private final PlanResults results;

    AllowedAgreement(RandomQueries random, TestCollection collection, PlanResults results) {
        this.random = random;
        this.collection = collection;
        this.results = results;
    }

    /** Compares the answers where some of the indexes, by chance, are allowed. */
    void check(Predicate predicate) {
        List<Value> named = namedIndexes();
        Query query = Query.of(predicate).withCollation(random.collation());
        List<Document> matching =
                collection.documents().stream().filter(query.filter()::matches).toList();
        for (Query asked : sortedAndNot(query, matching)) {
            PlanChoice filtered = allowed(asked, named, AllowedIndexes.Origin.FILTER);
            check(asked, filtered, named, matching);
            boolean serves = !PlanIndexes.areNone(filtered.winningPlan());
            PlanChoice settled = allowed(asked, named, AllowedIndexes.Origin.SETTINGS);
            if (serves) {
                check(asked, settled, named, matching);
            } else {
                results.check(asked, settled.winningPlan(), matching);
            }
        }
    }

    private List<Query> sortedAndNot(Query query, List<Document> matching) {
        List<Query> queries = new ArrayList<>(List.of(query, query.counted()));
        PlanAgreement.sort(random, matching, query.collation())
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

    private void check(Query query, PlanChoice choice, List<Value> named, List<Document> matching) {
        AllowedIndexes allowed = new AllowedIndexes(named, AllowedIndexes.Origin.FILTER);
        for (PlanStage plan : PlanAgreement.stages(choice)) {
            results.check(query, plan, matching);
            Set<Integer> used = new TreeSet<>(PlanIndexes.of(plan));
            used.removeIf(number -> number < PlanIndexes.ON_ID || isAllowed(number, plan, allowed));
            assertEquals(
                    Set.of(), used, () -> named + " " + results.failure(query, plan, matching));
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
}

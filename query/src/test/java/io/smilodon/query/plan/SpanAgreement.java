package io.smilodon.query.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.collation.Collation;
import io.smilodon.index.key.IndexKey;
import io.smilodon.index.key.KeyPart;
import io.smilodon.index.key.KeyPattern;
import io.smilodon.index.key.PartKind;
import io.smilodon.query.predicate.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds plans for the part of an index between <code>min</code> and <code>max</code> to the keys of
 * all documents. Not thread-safe.
 */
final class SpanAgreement {

    /** The first key is not before the last. */
    private static final int WRONG_ORDER = 51175;

    private final RandomQueries random;
    private final TestCollection collection;
    private final PlanResults results;

    SpanAgreement(RandomQueries random, TestCollection collection, PlanResults results) {
        this.random = random;
        this.collection = collection;
        this.results = results;
    }

    /** Compares the answers by a part of each index that keeps values in their order. */
    void check(Predicate filter) {
        check(filter, IndexDefinition.onId(), Optional.empty());
        for (IndexCandidate index : collection.structure().indexes()) {
            if (index.definition().pattern().kind() == PartKind.ORDERED) {
                check(filter, index.definition(), index.filter());
            }
        }
    }

    private void check(Predicate filter, IndexDefinition index, Optional<Predicate> entered) {
        boolean hasMin = random.chance(70);
        KeyRange range;
        PlanChoice choice;
        Collation collation = index.options().collation();
        Query query = Query.of(filter).withCollation(collation);
        try {
            Document max = hasMin && random.chance(40) ? Document.EMPTY : key(index.pattern());
            range = new KeyRange(hasMin ? key(index.pattern()) : Document.EMPTY, max);
            query = query.withHint(new Hint.ByName(index.name())).withRange(range);
            choice = QueryPlanner.plan(query, collection.structure());
        } catch (SmilodonException refused) {
            assertEquals(WRONG_ORDER, refused.code().number());
            return;
        }
        List<Document> matching = new ArrayList<>();
        for (Document document : collection.documents()) {
            boolean hasEntries = entered.map(some -> some.matches(document)).orElse(true);
            if (hasEntries
                    && query.filter().matches(document)
                    && hasKeyInside(document, index, range)) {
                matching.add(document);
            }
        }
        results.check(query, choice.winningPlan(), matching);
        results.check(query.counted(), plan(query.counted()), matching);
        Query some = query.withLimit(3);
        results.check(some, plan(some), matching);
    }

    private PlanStage plan(Query query) {
        return QueryPlanner.plan(query, collection.structure()).winningPlan();
    }

    private Document key(KeyPattern pattern) {
        DocumentBuilder key = Document.builder();
        for (KeyPart part : pattern.parts()) {
            key.put(part.path().dotted(), random.operand());
        }
        return key.build();
    }

    private static boolean hasKeyInside(Document document, IndexDefinition index, KeyRange range) {
        return index.keys().keys(document).keys().stream()
                .anyMatch(
                        key ->
                                (range.min().isEmpty() || compare(key, range.min(), index) >= 0)
                                        && (range.max().isEmpty()
                                                || compare(key, range.max(), index) < 0));
    }

    /** Part by part, in the order of the index. */
    private static int compare(IndexKey key, Document other, IndexDefinition index) {
        ValueOrder strings = index.options().collation().order();
        for (int part = 0; part < index.pattern().length(); part++) {
            KeyPart where = index.pattern().part(part);
            Value bound = strings.key(other.get(where.path().dotted()));
            int order = ValueOrder.ASCENDING.compare(key.value(part), bound);
            if (order != 0) {
                return where.isDescending() ? -order : order;
            }
        }
        return 0;
    }
}

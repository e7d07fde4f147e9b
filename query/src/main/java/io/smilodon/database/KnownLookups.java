package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.PlanText;
import io.smilodon.query.plan.PlanStage;
import io.smilodon.query.plan.Query;
import io.smilodon.query.plan.QueryShape;
import io.smilodon.query.predicate.Equal;
import io.smilodon.query.predicate.Predicate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which finds the planner has answered by looking one value up in a unique index: those that differ
 * from them in the value alone are neither read nor planned any more. Thread-safe.
 */
final class KnownLookups {

    /** Of more forms of finds on a collection, the later ones are planned each time. */
    private static final int FORMS_MAX = 16;

    private static final int COLLECTIONS_MAX = 10_000;

    private final Map<Namespace, List<KnownLookup>> collections = new ConcurrentHashMap<>();

    /** How such a find was answered. */
    Optional<KnownLookup> of(Namespace namespace, FindRequest request) {
        List<KnownLookup> known = collections.get(namespace);
        if (known == null || !request.isPlain()) {
            return Optional.empty();
        }
        Iterator<Field> fields = request.filter().iterator();
        if (!fields.hasNext()) {
            return Optional.empty();
        }
        Field asked = fields.next();
        return fields.hasNext() ? Optional.empty() : of(known, asked, request.limit());
    }

    private static Optional<KnownLookup> of(List<KnownLookup> known, Field asked, long limit) {
        for (int index = 0; index < known.size(); index++) {
            if (known.get(index).form().isOf(asked, limit)) {
                return Optional.of(known.get(index));
            }
        }
        return Optional.empty();
    }

    /** Remembers what the planner has answered, if all of the query is one value of one field. */
    void learn(Query query, CollectionEntry entry, PlanStage.UniqueLookup lookup, IndexUses uses) {
        if (query.output() instanceof Query.Output.Whole
                && query.filter() instanceof Predicate.At at
                && at.test() instanceof Equal equal
                && isPlain(equal.value())
                && query.collation().equals(entry.collation())) {
            Class<? extends Value> type = equal.value().getClass();
            KnownLookup.Form form = new KnownLookup.Form(at.path().dotted(), type, query.limit());
            if (!isSettled(form, entry)) {
                int index = lookup.index().definition().id();
                learn(
                        new KnownLookup(
                                form,
                                entry,
                                entry.index(index).orElseThrow(),
                                equal.order(),
                                PlanText.summary(lookup),
                                QueryShape.of(query),
                                uses.counter(entry.id(), index),
                                new SampledTime()));
            }
        }
    }

    /** Whether it is known of the entry, or there is no room for it. */
    private boolean isSettled(KnownLookup.Form form, CollectionEntry entry) {
        List<KnownLookup> known = collections.get(entry.namespace());
        if (known == null || known.get(0).entry() != entry) {
            return false;
        }
        boolean isKnown = known.size() == FORMS_MAX;
        for (KnownLookup each : known) {
            isKnown |= each.form().equals(form);
        }
        return isKnown;
    }

    /**
     * Whether a filter that has it under a field asks for it, whichever value of its type it is.
     */
    private static boolean isPlain(Value value) {
        return value instanceof StringValue
                || value instanceof ObjectId
                || value instanceof Int32Value
                || value instanceof Int64Value
                || value instanceof DateValue;
    }

    private void learn(KnownLookup learnt) {
        if (collections.size() >= COLLECTIONS_MAX) {
            collections.clear();
        }
        collections.merge(
                learnt.entry().namespace(),
                List.of(learnt),
                (before, only) -> with(before, learnt));
    }

    /** Those that hold for the same entry, and one more. */
    private static List<KnownLookup> with(List<KnownLookup> before, KnownLookup learnt) {
        if (before.get(0).entry() != learnt.entry()) {
            return List.of(learnt);
        }
        List<KnownLookup> known = new ArrayList<>(before);
        known.removeIf(each -> each.form().equals(learnt.form()));
        known.add(learnt);
        return known.size() > FORMS_MAX ? before : List.copyOf(known);
    }

    /** Forgets a collection that was dropped. */
    void forget(Namespace namespace) {
        collections.remove(namespace);
    }
}

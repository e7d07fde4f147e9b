package io.smilodon.query.plan;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Value;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.sort.SortPart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The keys of indexes that could help a query: fields bound to single values first, then those of
 * the sort, then one that is bound to a range. Whether they do help is for the planner to say.
 */
public final class HelpfulKeys {

    /** Fields of one key at most. */
    private static final int FIELDS_MAX = 4;

    private static final String ID = "_id";

    private final Set<String> equal = new LinkedHashSet<>();
    private final Set<String> ranges = new LinkedHashSet<>();
    private final Set<Document> keys = new LinkedHashSet<>();

    private HelpfulKeys() {}

    /** Each once, as key patterns. */
    public static List<Document> of(Query query) {
        Set<Document> all = new LinkedHashSet<>();
        List<Predicate> conjuncts = NormalForm.conjuncts(NormalForm.of(query.filter()));
        all.addAll(new HelpfulKeys().of(conjuncts, query));
        for (Predicate conjunct : conjuncts) {
            for (Predicate branch : branches(conjunct)) {
                all.addAll(new HelpfulKeys().of(NormalForm.conjuncts(branch), query));
            }
        }
        return List.copyOf(all);
    }

    /** What may be found by an index of its own. */
    private static List<Predicate> branches(Predicate conjunct) {
        if (conjunct instanceof Predicate.Computed computed) {
            return computed.choices().stream().flatMap(List::stream).toList();
        }
        return conjunct instanceof Predicate.Or or ? or.children() : List.of();
    }

    private Set<Document> of(List<Predicate> conjuncts, Query query) {
        conjuncts.forEach(this::sortOut);
        Map<String, Integer> order = new LinkedHashMap<>();
        query.sort()
                .ifPresent(
                        sort -> {
                            for (SortPart part : sort.parts()) {
                                order.put(part.path().dotted(), part.isAscending() ? 1 : -1);
                            }
                        });
        add(equal, order, ranges);
        add(equal, Map.of(), ranges);
        add(equal, order, Set.of());
        ranges.forEach(range -> add(Set.of(), Map.of(), Set.of(range)));
        equal.forEach(field -> add(Set.of(field), Map.of(), Set.of()));
        return keys;
    }

    private void sortOut(Predicate conjunct) {
        if (conjunct instanceof Predicate.At at) {
            sortOut(at.path(), IntervalSet.of(at.test().intervals()));
        } else if (conjunct instanceof Predicate.Computed computed) {
            computed.ranges().keys().entrySet().stream()
                    .sorted(Comparator.comparing(keys -> keys.getKey().dotted()))
                    .forEach(keys -> sortOut(keys.getKey(), keys.getValue()));
        }
    }

    private void sortOut(FieldPath field, IntervalSet values) {
        if (!values.isAll() && !values.isEmpty()) {
            (values.isPoints() ? equal : ranges).add(field.dotted());
        }
    }

    private void add(Set<String> first, Map<String, Integer> order, Set<String> last) {
        Map<String, Integer> fields = new LinkedHashMap<>();
        first.forEach(field -> fields.put(field, 1));
        order.forEach(fields::putIfAbsent);
        last.stream().limit(1).forEach(field -> fields.putIfAbsent(field, 1));
        List<String> names = new ArrayList<>(fields.keySet());
        if (names.isEmpty() || names.getFirst().equals(ID) || names.size() > FIELDS_MAX) {
            return;
        }
        DocumentBuilder key = Document.builder();
        fields.forEach((name, direction) -> key.put(name, Value.of(direction)));
        keys.add(key.build());
    }
}

package io.smilodon.query.update;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.predicate.PredicateParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an upsert inserts when nothing matched: the fields that the filter compares for equality
 * (plainly, by {@code $eq}, {@code $all} or an {@code $in} of one value, inside {@code $and}, or
 * inside an {@code $or} of one branch), changed by the update. Other conditions contribute nothing.
 */
public final class UpsertDocument {

    private final UpdateContext context;
    private final PathConflicts paths = new PathConflicts();

    /** The fields that the filter demands, by path, in the order in which MongoDB sets them. */
    private final SortedMap<String, Value> demanded = new TreeMap<>(ValueOrder::compareText);

    private UpsertDocument(UpdateContext context) {
        this.context = context;
    }

    /**
     * The document to insert, with its {@code _id} first: that of the filter, else that of the
     * update, else a new one.
     *
     * @throws SmilodonException if the filter names a field twice ({@code NotSingleValueField}), a
     *     part of the {@code _id} ({@code NotExactValueField}), or the update does not apply
     */
    public static Document from(Document filter, Update update, UpdateContext context) {
        UpsertDocument upsert = new UpsertDocument(context);
        Document inserted =
                switch (update) {
                    case Replacement replacement -> {
                        upsert.addEqualities(filter, true);
                        yield replacement.withId(upsert.demanded().get(DocumentRules.ID));
                    }
                    case OperatorUpdate operators -> upsert.changed(filter, operators);
                    case PipelineUpdate pipeline -> upsert.changed(filter, pipeline);
                    case Merging fields -> upsert.changed(filter, fields);
                };
        return DocumentRules.forInsert(inserted, Location.ROOT);
    }

    /** The equality fields of the filter, updated. */
    private Document changed(Document filter, Update update) {
        addEqualities(filter, false);
        return update.apply(demanded(), context);
    }

    private Document demanded() {
        Document document = ManyLookups.in(Document.EMPTY, demanded.size());
        for (Map.Entry<String, Value> field : demanded.entrySet()) {
            UpdatePath path = UpdatePath.ofFields(field.getKey(), Location.ROOT);
            UpdateRun run = new UpdateRun(document, context);
            document = new PathUpdate(path, new SetValue(field.getValue()), run).apply(document);
        }
        return (Document) Open.closed(document);
    }

    private void addEqualities(Document filter, boolean isIdOnly) {
        for (Field field : filter) {
            switch (field.name()) {
                case "$and" -> addBranches(field.value(), isIdOnly);
                case "$or" -> addOnlyBranch(field.value(), isIdOnly);
                default -> {
                    if (!field.name().startsWith("$") && isWanted(field, isIdOnly)) {
                        equalTo(field.value()).forEach(value -> add(field.name(), value));
                    }
                }
            }
        }
    }

    private static boolean isWanted(Field field, boolean isIdOnly) {
        return !isIdOnly || FieldPath.parse(field.name()).first().equals(DocumentRules.ID);
    }

    /** Of alternatives only one that is the same in all of them. */
    private void addOnlyBranch(Value branches, boolean isIdOnly) {
        if (branches instanceof ArrayValue array && Set.copyOf(array.elements()).size() == 1) {
            addBranches(ArrayValue.of(array.get(0)), isIdOnly);
        }
    }

    private void addBranches(Value branches, boolean isIdOnly) {
        if (branches instanceof ArrayValue array) {
            for (Value branch : array) {
                if (branch instanceof Document filter) {
                    addEqualities(filter, isIdOnly);
                }
            }
        }
    }

    /** The values that a condition demands; none if it demands something else. */
    private static List<Value> equalTo(Value condition) {
        if (condition instanceof RegexValue) {
            return List.of();
        }
        return condition instanceof Document operators && PredicateParser.holdsOperators(operators)
                ? equalities(operators)
                : List.of(condition);
    }

    private static List<Value> equalities(Document operators) {
        List<Value> values = new ArrayList<>();
        if (operators.has("$eq")) {
            values.add(operators.get("$eq"));
        }
        if (operators.get("$in") instanceof ArrayValue list && list.size() == 1) {
            values.addAll(equalTo(list.get(0)));
        }
        if (operators.get("$all") instanceof ArrayValue members) {
            members.forEach(member -> values.addAll(equalTo(member)));
        }
        return values;
    }

    private void add(String dotted, Value value) {
        UpdatePath path = UpdatePath.ofFields(dotted, Location.ROOT.child(dotted));
        boolean isPartOfId =
                path.steps().size() > 1 && path.steps().get(0).text().equals(DocumentRules.ID);
        if (isPartOfId) {
            throw new SmilodonException(
                    ErrorCode.NOT_EXACT_VALUE_FIELD,
                    "field at '_id' must be exactly specified, field at sub-path found",
                    Map.of("path", dotted));
        }
        if (paths.add(path).isPresent()) {
            throw new SmilodonException(
                    ErrorCode.NOT_SINGLE_VALUE_FIELD,
                    "cannot infer query fields to set, path is matched twice",
                    Map.of("path", dotted));
        }
        demanded.put(dotted, value);
    }
}

package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.query.accumulator.Accumulation;
import io.smilodon.query.accumulator.Accumulators;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.FieldExpression;
import io.smilodon.query.expression.PathCollector;
import io.smilodon.query.predicate.Predicate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code {$group: {_id: <expression>, field: {<accumulator>: <expression>}}}}: one document for
 * each value of the {@code _id}, in the order of their first documents.
 *
 * @param id what to group by; a missing value counts as null, that of an only field too
 * @param accumulations the other fields, in order
 */
record Group(Expression id, Map<String, Accumulation> accumulations) implements Stage {

    private static final String ID = "_id";

    static Stage parse(StageOperand operand) {
        if (!(operand.value() instanceof Document fields)) {
            throw operand.error(15947, "a group's fields must be specified in an object");
        }
        Optional<Expression> id = Optional.empty();
        for (Field field : fields) {
            if (field.name().equals(ID)) {
                StageOperand place = operand.child(field.name(), field.value());
                id = Optional.of(OnlyField.in(place));
            }
        }
        return new Group(
                id.orElseThrow(
                        () ->
                                new SmilodonException(
                                                ErrorCode.location(15955),
                                                "a group specification must include an _id")
                                        .at(operand.location())),
                accumulations(fields.without(ID), operand));
    }

    /** The fields that are accumulated, in order. */
    static Map<String, Accumulation> accumulations(Document fields, StageOperand operand) {
        Map<String, Accumulation> accumulations = new LinkedHashMap<>();
        for (Field field : fields) {
            StageOperand place = operand.child(field.name(), field.value());
            checkName(field.name(), place);
            accumulations.put(
                    field.name(),
                    Accumulators.parse(field.value(), place.location(), place.variables()));
        }
        return accumulations;
    }

    private static void checkName(String name, StageOperand place) {
        if (name.indexOf('.') >= 0) {
            throw place.error(40235, "The field name cannot contain '.'");
        }
        if (name.startsWith("$")) {
            throw place.error(40236, "The field name cannot be an operator name");
        }
    }

    @Override
    public String name() {
        return "$group";
    }

    @Override
    public Cursor open(Cursor input, StageContext context) {
        return new GroupCursor(input, this, context);
    }

    /** Which documents are enough for it; empty if it looks at all. */
    Optional<GroupInput> input() {
        if (!(id instanceof FieldExpression field)) {
            return Optional.empty();
        }
        Collection<Accumulation> all = accumulations.values();
        for (GroupInput.Enough enough : GroupInput.Enough.values()) {
            if (all.stream().allMatch(enough::isFor)) {
                return Optional.of(new GroupInput(field.path(), enough));
            }
        }
        return Optional.empty();
    }

    @Override
    public NeededFields neededFields(NeededFields output) {
        List<Expression> read = new ArrayList<>(List.of(id));
        accumulations.values().forEach(accumulation -> read.add(accumulation.argument()));
        return NeededFields.ofPaths(PathCollector.pathsOf(read));
    }

    /**
     * Of a filter of what is grouped by that keeps or drops whole groups, where that is a field.
     */
    @Override
    public Optional<Predicate> earlier(Predicate filter) {
        return id instanceof FieldExpression field
                        && field.path().length() == 1
                        && EarlierFilter.isOfGroups(filter)
                ? EarlierFilter.of(
                        filter,
                        name ->
                                name.equals(ID)
                                        ? Optional.of(field.path().first())
                                        : Optional.empty())
                : Optional.empty();
    }
}

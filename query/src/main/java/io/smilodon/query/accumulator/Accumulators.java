package io.smilodon.query.accumulator;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.OperatorTable;
import io.smilodon.query.expression.ExpressionParser;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.RefusedOperators;
import io.smilodon.query.value.Deviation;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Every accumulator of Smilodon, alphabetical. */
public final class Accumulators {

    private static final Function<Value, Iterable<Value>> ONE =
            value -> value == Missing.INSTANCE ? List.of() : List.of(value);

    private static final Function<Value, Iterable<Value>> CONCAT =
            value -> ArrayInputs.elements("$concatArrays", value);

    private static final Function<Value, Iterable<Value>> UNION =
            value -> ArrayInputs.elements("$setUnion", value);

    static final AccumulatorKind FIRST = AccumulatorKind.of(First::new, WindowRange::first);
    static final AccumulatorKind LAST = AccumulatorKind.of(Last::new, WindowRange::last);

    static final OperatorTable<AccumulatorFactory> TABLE =
            OperatorTable.<AccumulatorFactory>builder()
                    .add("$addToSet", set(AddToSet::new, ONE))
                    .add("$avg", merged(Average::new, new AverageMerging()))
                    .add("$bottom", SortedSelection.one(true))
                    .add("$bottomN", SortedSelection.many(true))
                    .add(
                            "$concatArrays",
                            one(ConcatArrays::new, rows -> new WindowList(rows, CONCAT)))
                    .add("$count", Accumulators::count)
                    .add("$first", one(FIRST))
                    .add("$firstN", Selection.of(FirstN::new, WindowRange::first))
                    .add("$geoBounds", merged(GeoBounds::new, GeoBounds.MERGING))
                    .add("$last", one(LAST))
                    .add("$lastN", Selection.of(LastN::new, WindowRange::last))
                    .add("$max", extreme(order -> order))
                    .add("$maxN", Selection.best(Ranking::largest))
                    .add("$median", PercentileAccumulators::median)
                    .add("$mergeObjects", one(AccumulatorKind.ofGroups(MergeObjects::new)))
                    .add("$min", extreme(ValueOrder::reversed))
                    .add("$minN", Selection.best(Ranking::smallest))
                    .add("$percentile", PercentileAccumulators::percentile)
                    .add("$push", one(Push::new, rows -> new WindowList(rows, ONE)))
                    .add("$setUnion", set(SetUnion::new, UNION))
                    .add("$stdDevPop", deviation(Deviation::ofPopulation))
                    .add("$stdDevSamp", deviation(Deviation::ofSample))
                    .add("$sum", merged(Sum::new, new SumMerging()))
                    .add("$top", SortedSelection.one(false))
                    .add("$topN", SortedSelection.many(false))
                    .build();

    private Accumulators() {}

    /** Every accumulator's name. */
    public static Set<String> names() {
        return TABLE.names();
    }

    /** Whether it is a window function, too. */
    public static boolean hasWindow(String name) {
        return !name.equals("$mergeObjects"); // as in MongoDB 8.0
    }

    /**
     * Reads {@code {$name: operand}}, the value of a field of {@code $group}.
     *
     * @throws SmilodonException 40234, 40238 if it is none or more than one, 15952 if the name is
     *     unknown, 40237 for a list of operands, of one too
     */
    public static Accumulation parse(Value written, Location location, Set<String> variables) {
        if (!(written instanceof Document document) || document.isEmpty()) {
            throw error(40234, "The field must be an accumulator object", location);
        }
        if (document.size() != 1) {
            throw error(40238, "The field must specify one accumulator", location);
        }
        Field field = document.iterator().next();
        Location place = location.child(field.name());
        if (!field.name().startsWith("$")) {
            throw error(40234, "The field must be an accumulator object", location);
        }
        if (field.value() instanceof ArrayValue) {
            throw error(40237, "The " + field.name() + " accumulator is a unary operator", place);
        }
        return parse(field, new ExpressionScope(location, field.name(), variables, 0));
    }

    /**
     * Reads the same of a window, where a list is the expression of an array.
     *
     * @param scope where the accumulator stands
     * @throws SmilodonException 15952 if the name is unknown, 115 if it is refused
     */
    public static Accumulation parse(Field field, ExpressionScope scope) {
        Location place = scope.location().child(field.name());
        return TABLE.find(field.name(), place)
                .orElseThrow(
                        () ->
                                RefusedOperators.error(field.name(), scope)
                                        .orElseGet(() -> unknown(field.name(), place)))
                .parse(
                        new AccumulatorFactory.Operand(
                                field.name(), field.value(), place, scope.variables()));
    }

    private static SmilodonException unknown(String name, Location location) {
        SmilodonException error =
                new SmilodonException(
                        ErrorCode.location(15952),
                        "unknown group operator",
                        Map.of("operator", name));
        return TABLE.withSuggestion(error, name).at(location);
    }

    private static SmilodonException error(int code, String text, Location location) {
        return new SmilodonException(ErrorCode.location(code), text).at(location);
    }

    private static AccumulatorFactory deviation(Function<Deviation, Value> kind) {
        return merged(() -> new StandardDeviation(kind), new DeviationMerging(kind));
    }

    private static <S> AccumulatorFactory merged(Supplier<Accumulator> start, Merging<S> merging) {
        return one(start, rows -> new TwoStacks<>(rows, merging));
    }

    private static AccumulatorFactory set(
            Function<ValueOrder, Accumulator> group, Function<Value, Iterable<Value>> elementsOf) {
        return one(
                AccumulatorKind.ordered(
                        group, (rows, order) -> new WindowSet(rows, elementsOf, order)));
    }

    /**
     * @param direction the order whose last value is the result
     */
    private static AccumulatorFactory extreme(Function<ValueOrder, Comparator<Value>> direction) {
        return one(
                AccumulatorKind.ordered(
                        order -> new Extreme(direction.apply(order)),
                        (rows, order) ->
                                new TwoStacks<>(rows, new ExtremeMerging(direction.apply(order)))));
    }

    private static AccumulatorFactory one(
            Supplier<Accumulator> group, Function<List<Value>, SlidingAccumulator> window) {
        return one(AccumulatorKind.of(group, window));
    }

    private static AccumulatorFactory one(AccumulatorKind kind) {
        return operand -> {
            return Accumulation.of(
                    ExpressionParser.parse(
                            operand.value(), operand.location(), operand.variables()),
                    kind);
        };
    }

    private static Accumulation count(AccumulatorFactory.Operand operand) {
        if (operand.value() instanceof Document document && document.isEmpty()) {
            return Accumulation.of(
                    ExpressionParser.parse(Value.of(1), operand.location()),
                    AccumulatorKind.of(Sum::new, rows -> new TwoStacks<>(rows, new SumMerging())));
        }
        throw new SmilodonException(
                        ErrorCode.TYPE_MISMATCH, "$count takes no arguments, i.e. $count:{}")
                .at(operand.location());
    }
}

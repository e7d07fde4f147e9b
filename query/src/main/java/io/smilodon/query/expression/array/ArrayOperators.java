package io.smilodon.query.expression.array;

import static io.smilodon.query.expression.ExpressionOperator.of;

import io.smilodon.query.OperatorTable;
import io.smilodon.query.expression.ExpressionOperator;
import io.smilodon.query.expression.Operands;
import io.smilodon.query.expression.OperatorFamily;

/** Arrays. */
public final class ArrayOperators {

    public static final OperatorFamily FAMILY = new OperatorFamily("Arrays", table());

    private ArrayOperators() {}

    private static OperatorTable<ExpressionOperator> table() {
        return OperatorTable.<ExpressionOperator>builder()
                .add("$arrayElemAt", of("The element at an index.", Operands.two(ElementAt::new)))
                .add(
                        "$arrayToObject",
                        of("A document of names with values.", Operands.one(ArrayToDocument::new)))
                .add("$concatArrays", of("Arrays end to end.", Operands.any(ConcatArrays::new)))
                .add("$filter", of("The elements that meet a condition.", FilterArray::parse))
                .add("$first", of("The first element.", Operands.one(FirstElement::new)))
                .add("$firstN", of("The first elements.", EndElements.factory(true)))
                .add("$in", of("Whether an array holds a value.", Operands.two(Contains::new)))
                .add(
                        "$indexOfArray",
                        of("Where a value first stands.", Operands.range(2, 4, IndexOfArray::new)))
                .add("$isArray", of("Whether it is an array.", Operands.one(IsArray::new)))
                .add("$last", of("The last element.", Operands.one(LastElement::new)))
                .add("$lastN", of("The last elements.", EndElements.factory(false)))
                .add("$map", of("Each element by an expression.", MapArray::parse))
                .add("$maxN", of("The greatest elements.", ExtremeElements.factory(true)))
                .add("$minN", of("The least elements.", ExtremeElements.factory(false)))
                .add(
                        "$objectToArray",
                        of(
                                "The names and values of a document.",
                                Operands.one(DocumentToArray::new)))
                .add("$range", of("Integers in a row.", Operands.range(2, 3, Range::new)))
                .add("$reduce", of("All elements folded into one value.", Reduce::parse))
                .add("$reverseArray", of("The other way round.", Operands.one(ReverseArray::new)))
                .add("$size", of("The number of elements.", Operands.one(Size::new)))
                .add("$slice", of("A part of an array.", Operands.range(2, 3, SliceArray::new)))
                .add("$sortArray", of("The elements in order.", SortArray::parse))
                .add("$zip", of("Arrays side by side.", Zip::parse))
                .build();
    }
}

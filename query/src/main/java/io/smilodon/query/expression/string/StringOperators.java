package io.smilodon.query.expression.string;

import static io.smilodon.query.expression.ExpressionOperator.of;

import io.smilodon.query.OperatorTable;
import io.smilodon.query.expression.ExpressionOperator;
import io.smilodon.query.expression.Operands;
import io.smilodon.query.expression.OperatorFamily;

/** Strings. */
public final class StringOperators {

    public static final OperatorFamily FAMILY = new OperatorFamily("Strings", table());

    private StringOperators() {}

    private static OperatorTable<ExpressionOperator> table() {
        return OperatorTable.<ExpressionOperator>builder()
                .add("$concat", of("Strings end to end.", Operands.any(Concat::new)))
                .add(
                        "$indexOfBytes",
                        of(
                                "Where a part first stands, in bytes.",
                                Operands.range(2, 4, IndexOfBytes::new)))
                .add(
                        "$indexOfCP",
                        of(
                                "Where a part first stands.",
                                Operands.range(2, 4, IndexOfCodePoint::new)))
                .add("$ltrim", of("Without what stands at the start.", Trim.factory(true, false)))
                .add("$regexFind", of("The first match of a pattern.", RegexFirst::parse))
                .add("$regexFindAll", of("All matches of a pattern.", RegexAll::parse))
                .add("$regexMatch", of("Whether a pattern is found.", RegexFound::parse))
                .add("$replaceAll", of("Every find replaced.", Replace.factory(true)))
                .add("$replaceOne", of("The first find replaced.", Replace.factory(false)))
                .add("$rtrim", of("Without what stands at the end.", Trim.factory(false, true)))
                .add("$split", of("The parts between separators.", Operands.two(Split::new)))
                .add("$strLenBytes", of("The length in bytes.", Operands.one(LengthInBytes::new)))
                .add(
                        "$strLenCP",
                        of("The length in code points.", Operands.one(LengthInCodePoints::new)))
                .add(
                        "$strcasecmp",
                        of("The order without regard to case.", Operands.two(CompareNoCase::new)))
                .add("$substr", of("A part, counted in bytes.", Operands.three(ByteRange::new)))
                .add(
                        "$substrBytes",
                        of("A part, counted in bytes.", Operands.three(ByteRange::new)))
                .add(
                        "$substrCP",
                        of("A part, counted in code points.", Operands.three(CodePointRange::new)))
                .add("$toLower", of("In small letters.", Operands.one(LowerCase::new)))
                .add("$toUpper", of("In capitals.", Operands.one(UpperCase::new)))
                .add("$trim", of("Without what stands around it.", Trim.factory(true, true)))
                .build();
    }
}

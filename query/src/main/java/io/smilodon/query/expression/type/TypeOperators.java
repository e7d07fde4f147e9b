package io.smilodon.query.expression.type;

import static io.smilodon.query.expression.ExpressionOperator.of;

import io.smilodon.query.OperatorTable;
import io.smilodon.query.expression.ExpressionOperator;
import io.smilodon.query.expression.Operands;
import io.smilodon.query.expression.OperatorFamily;

/** Types and conversions. */
public final class TypeOperators {

    public static final OperatorFamily FAMILY = new OperatorFamily("Types", table());

    private TypeOperators() {}

    private static OperatorTable<ExpressionOperator> table() {
        return OperatorTable.<ExpressionOperator>builder()
                .add("$binarySize", of("The bytes of a text.", Operands.one(BinarySize::new)))
                .add("$bsonSize", of("A document's bytes.", Operands.one(DocumentSize::new)))
                .add("$convert", of("As a value of any type.", ConvertOperator::parse))
                .add("$isNumber", of("Whether it is a number.", Operands.one(IsNumber::new)))
                .add("$toBool", of("As a boolean.", Conversion.to(Target.BOOL)))
                .add("$toDate", of("As a date.", Conversion.to(Target.DATE)))
                .add("$toDecimal", of("As a decimal.", Conversion.to(Target.DECIMAL)))
                .add("$toDouble", of("As a double.", Conversion.to(Target.DOUBLE)))
                .add(
                        "$toHashedIndexKey",
                        of("The key in a hashed index.", Operands.one(HashedIndexKey::new)))
                .add("$toInt", of("As an int.", Conversion.to(Target.INT)))
                .add("$toLong", of("As a long.", Conversion.to(Target.LONG)))
                .add("$toObjectId", of("As an object id.", Conversion.to(Target.OBJECT_ID)))
                .add("$toString", of("As a string.", Conversion.to(Target.STRING)))
                .add("$toUUID", of("As a UUID.", Conversion.to(Target.UUID)))
                .add("$type", of("The name of the type.", Operands.one(TypeName::new)))
                .build();
    }
}

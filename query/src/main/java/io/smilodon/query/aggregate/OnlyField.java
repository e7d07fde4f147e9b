package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.UnaryExpression;

/**
 * {@code {_id: {name: <expression>}}} of a group: a document with this field in any case. MongoDB
 * groups by the value of an only field, and missing is null there (SERVER-21992); of two and more
 * fields those without a value are left out.
 */
record OnlyField(String name, Expression operand) implements UnaryExpression {

    /** The expression of a group's {@code _id}: one of these if it is a document of one field. */
    static Expression in(StageOperand id) {
        Expression whole = id.expression();
        if (id.value() instanceof Document document && document.size() == 1) {
            Field field = document.iterator().next();
            if (!field.name().startsWith("$")) {
                StageOperand value = id.child(field.name(), field.value());
                return new OnlyField(field.name(), value.expression());
            }
        }
        return whole;
    }

    @Override
    public Value apply(Value value) {
        return Document.of(name, value == Missing.INSTANCE ? NullValue.INSTANCE : value);
    }
}

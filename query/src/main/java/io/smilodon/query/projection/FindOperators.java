package io.smilodon.query.projection;

import io.smilodon.engine.value.Value;
import io.smilodon.query.OperatorTable;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.basic.MetaOperator;
import java.util.Optional;

/** The operators that only the projection of a find has, alphabetical. */
final class FindOperators {

    static final OperatorTable<FieldOperator> TABLE =
            OperatorTable.<FieldOperator>builder()
                    .add("$elemMatch", FirstMatch::parse)
                    .add("$meta", FindOperators::metadata)
                    .add("$slice", Slice::parse)
                    .build();

    static final OperatorTable<FieldOperator> NONE = OperatorTable.<FieldOperator>builder().build();

    private FindOperators() {}

    private static Optional<Action> metadata(Value operand, ExpressionScope scope) {
        Expression metadata = MetaOperator.parse(operand, scope);
        return Optional.of(new Action.Compute(metadata, Action.Form.METADATA));
    }
}

package io.smilodon.query.predicate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;

/** Makes the condition of an operator that stands under a field. */
interface FieldOperator {

    Condition parse(Operand operand);

    /**
     * What a field operator is given.
     *
     * @param value what stands after its name
     * @param operators the document of operators that it stands in
     * @param context the place of the value
     */
    record Operand(Value value, Document operators, FilterContext context) {}
}

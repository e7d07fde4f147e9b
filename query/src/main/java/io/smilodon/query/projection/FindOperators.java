package io.smilodon.query.projection;

import io.smilodon.query.OperatorTable;

/** The operators that only the projection of a find has, alphabetical. */
final class FindOperators {

    static final OperatorTable<FieldOperator> TABLE =
            OperatorTable.<FieldOperator>builder()
                    .add("$elemMatch", FirstMatch::parse)
                    .add("$meta", Unsupported::meta)
                    .add("$slice", Slice::parse)
                    .build();

    static final OperatorTable<FieldOperator> NONE = OperatorTable.<FieldOperator>builder().build();

    private FindOperators() {}
}

package io.smilodon.query.update;

/** A row of {@link UpdateOperators}: reads what the operator is to do to one field. */
interface UpdateOperator {

    Modification parse(UpdateArgument argument);
}

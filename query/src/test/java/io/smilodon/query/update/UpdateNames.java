package io.smilodon.query.update;

import java.util.Set;

/** The names in the tables of update operators, for tests in other packages. */
public final class UpdateNames {

    private UpdateNames() {}

    public static Set<String> operators() {
        return UpdateOperators.TABLE.names();
    }

    /** Those that stand inside {@code $push} and {@code $addToSet}. */
    public static Set<String> clauses() {
        return PushClauses.CLAUSES;
    }
}

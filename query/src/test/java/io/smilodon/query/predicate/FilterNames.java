package io.smilodon.query.predicate;

import java.util.Set;
import java.util.TreeSet;

/** The names in the tables of filter operators, for tests in other packages. */
public final class FilterNames {

    /** In the tables so that their refusal can say why. */
    private static final Set<String> REFUSED = Set.of("$where");

    private FilterNames() {}

    /** Every operator that does something. */
    public static Set<String> supported() {
        Set<String> names = new TreeSet<>(FilterOperators.FIELD.names());
        names.addAll(FilterOperators.ROOT.names());
        names.removeAll(REFUSED);
        return names;
    }
}

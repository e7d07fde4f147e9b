package io.smilodon.query.aggregate;

import java.util.Set;

/** The names in the table of stages, for tests in other packages. */
public final class StageNames {

    private StageNames() {}

    public static Set<String> all() {
        return Stages.TABLE.names();
    }
}

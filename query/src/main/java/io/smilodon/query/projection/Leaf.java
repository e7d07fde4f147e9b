package io.smilodon.query.projection;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.FieldPath;

/** What a projection says of one path, and where it says so. */
record Leaf(FieldPath path, Action action, Location location) {

    private static final FieldPath ID = FieldPath.parse("_id");

    /** Whether this includes or excludes {@code _id}, which goes with projections of both kinds. */
    boolean isIdSwitch() {
        return path.equals(ID) && (action instanceof Action.Keep || action instanceof Action.Drop);
    }

    boolean isId() {
        return path.equals(ID);
    }
}

package io.smilodon.query.update;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.Document;
import java.util.List;

/** {@code {$setOnInsert: {field: value}}}: like {@code $set}, where an upsert inserts. */
record OnInsert(Modification set) implements Modification {

    static Modification parse(UpdateArgument argument) {
        return new OnInsert(
                new FieldModification(
                        argument.path(), new SetValue(argument.value()), argument.location()));
    }

    @Override
    public List<UpdatePath> paths() {
        return set.paths();
    }

    @Override
    public Location location() {
        return set.location();
    }

    @Override
    public Document apply(Document before, UpdateRun run) {
        return run.context().isInsert() ? set.apply(before, run) : before;
    }
}

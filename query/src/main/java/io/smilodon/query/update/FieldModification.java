package io.smilodon.query.update;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import java.util.List;

/**
 * Changes the value at the end of a path.
 *
 * @param path the field
 * @param change what happens to its value
 * @param location where the change stands in the request: the place of errors while applying it
 */
record FieldModification(UpdatePath path, FieldChange change, Location location)
        implements Modification {

    @Override
    public List<UpdatePath> paths() {
        return List.of(path);
    }

    @Override
    public boolean appends() {
        return change instanceof Push;
    }

    @Override
    public Document apply(Document before, UpdateRun run) {
        try {
            return new PathUpdate(run.resolve(path), change, run).apply(before);
        } catch (SmilodonException e) {
            throw e.location().isPresent() ? e : e.at(location);
        }
    }
}

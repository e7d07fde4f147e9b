package io.smilodon.query.update;

import io.smilodon.engine.value.FieldPath;

/**
 * Where an update may change a document.
 *
 * @param path as much of it as is the same in every document
 * @param stepCount how many steps all of it has; what stands there changes as a whole
 * @param isAppended whether values are put behind those of an array
 */
public record TouchedPath(FieldPath path, int stepCount, boolean isAppended) {

    /** Whether it is a field of the document itself, which changes as a whole. */
    public boolean isField() {
        return stepCount == 1 && path.length() == 1 && !isAppended;
    }

    /**
     * Beside what may nothing change: the path as far as no step may be an index. Behind the end of
     * an array, elements come into being that nobody has named.
     */
    public FieldPath extent() {
        int length = 1;
        while (length < path.length() && !FieldPath.isIndex(path.steps().get(length))) {
            length++;
        }
        return length == path.length() ? path : path.prefix(length);
    }
}

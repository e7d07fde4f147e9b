package io.smilodon.query.update;

import io.smilodon.engine.value.FieldPath;

/**
 * Where an update may change a document.
 *
 * @param path as much of it as is the same in every document
 * @param stepCount how many steps all of it has; what stands there changes as a whole
 * @param isAppended whether values are put behind those of an array
 */
public record TouchedPath(FieldPath path, int stepCount, boolean isAppended) {}

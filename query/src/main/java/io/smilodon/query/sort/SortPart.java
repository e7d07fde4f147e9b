package io.smilodon.query.sort;

import io.smilodon.engine.value.FieldPath;

/** One path of a sort, and whether low values come first. */
public record SortPart(FieldPath path, boolean isAscending) {}

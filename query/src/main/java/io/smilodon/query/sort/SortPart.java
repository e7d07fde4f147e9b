package io.smilodon.query.sort;

import io.smilodon.engine.value.FieldPath;
import io.smilodon.query.metadata.MetadataKind;
import java.util.Optional;

/**
 * One key of a sort, and whether low values come first.
 *
 * @param path the field with the value; of metadata the name in the request, which means nothing
 * @param metadata what is known of documents besides their fields, if it is that
 */
public record SortPart(FieldPath path, boolean isAscending, Optional<MetadataKind> metadata) {

    /** A field. */
    public SortPart(FieldPath path, boolean isAscending) {
        this(path, isAscending, Optional.empty());
    }
}

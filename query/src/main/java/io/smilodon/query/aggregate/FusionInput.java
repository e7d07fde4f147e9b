package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.query.metadata.AnnotatedDocument;
import io.smilodon.query.metadata.MetadataKind;
import java.util.Optional;

/**
 * One of the pipelines whose results are fused.
 *
 * @param name the user's
 * @param pipeline which documents, in which order
 * @param place what the order is by, so that documents that tie share a rank; empty where only the
 *     order itself is known
 * @param weight how much it counts; at least 0
 */
record FusionInput(String name, Pipeline pipeline, Optional<MetadataKind> place, double weight) {

    /** What a document of it is ordered by; {@code Missing} where that is not known. */
    Value place(Document found) {
        return place.map(AnnotatedDocument.metadata(found)::get).orElse(Missing.INSTANCE);
    }
}

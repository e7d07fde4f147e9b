package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.metadata.AnnotatedDocument;
import io.smilodon.query.metadata.Metadata;
import io.smilodon.query.metadata.MetadataKind;
import io.smilodon.query.predicate.Predicate;
import java.util.Optional;

/**
 * {@code {$geoNear: {near, distanceField, ...}}}: documents by their distance from a point, the
 * nearest first. A find brings them, through a geospatial index; the stage writes the distance into
 * them.
 *
 * @param filter what the find is asked: what is near, and the query
 * @param distanceField where the distance goes, if anywhere
 * @param distanceMultiplier what the distance is multiplied by
 * @param includeLocs where the place goes that the distance was measured to
 */
record GeoNear(
        Predicate filter,
        Optional<FieldPath> distanceField,
        double distanceMultiplier,
        Optional<FieldPath> includeLocs)
        implements Stage {

    static final String NAME = "$geoNear";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean keepsMetadata() {
        return true;
    }

    @Override
    public Cursor open(Cursor input, StageContext context) {
        return new MapCursor(input, this::complete);
    }

    private Document complete(Document found) {
        Metadata known = AnnotatedDocument.metadata(found);
        double distance =
                known.get(MetadataKind.GEO_NEAR_DISTANCE) instanceof NumberValue number
                        ? number.toDouble()
                        : Double.NaN;
        Document plain = AnnotatedDocument.of(found, Metadata.NONE);
        Value shown = new DoubleValue(distance * distanceMultiplier);
        Document complete = distanceField.map(path -> with(plain, path, 0, shown)).orElse(plain);
        return includeLocs
                .map(path -> with(complete, path, 0, known.get(MetadataKind.GEO_NEAR_POINT)))
                .orElse(complete);
    }

    /** The document with a value at a path; what stands in the way gives way. */
    private static Document with(Document document, FieldPath path, int step, Value value) {
        String name = path.steps().get(step);
        if (step + 1 == path.length()) {
            return document.with(name, value);
        }
        Document inner = document.get(name) instanceof Document there ? there : Document.EMPTY;
        return document.with(name, with(inner, path, step + 1, value));
    }
}

package io.smilodon.query.predicate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Value;
import io.smilodon.index.geo.Nearness;
import java.util.List;

/**
 * {@code {field: {$near: ...}}}: documents by their distance from a point. It selects and sorts
 * where they are found, through a geospatial index; asked about a document that was found that way
 * it has nothing to add.
 *
 * @param nearness what is asked
 * @param written the operators as the filter has them
 */
public record Near(Nearness nearness, Document written) implements ValueTest {

    /** Stands for the path of the one geospatial index that a collection has. */
    public static final FieldPath ANY_PATH = new FieldPath(List.of("$geoNear"));

    @Override
    public boolean test(Value value) {
        return true;
    }

    @Override
    public boolean reachesIntoArrays() {
        return false;
    }

    @Override
    public Document toDocument() {
        return written;
    }

    /** The refusal of one where documents do not come from a geospatial index. */
    public static SmilodonException misplaced() {
        return new SmilodonException(
                ErrorCode.location(5626500),
                "$geoNear, $near, and $nearSphere are not allowed in this context, as these"
                        + " operators require sorting geospatial data. If you do not need"
                        + " sort, consider using $geoWithin instead.");
    }

    /** Whether a filter asks for it: it stands at the top, or in a conjunction. */
    public static boolean isIn(Predicate filter) {
        return switch (filter) {
            case Predicate.And and -> and.children().stream().anyMatch(Near::isIn);
            case Predicate.At at -> at.test() instanceof Near;
            case Predicate.Or or -> false;
            case Predicate.Not not -> false;
            case Predicate.Computed computed -> false;
            case Predicate.Whole whole -> false;
        };
    }
}

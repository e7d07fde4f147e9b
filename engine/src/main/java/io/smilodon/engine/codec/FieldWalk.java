package io.smilodon.engine.codec;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import java.util.Arrays;
import java.util.List;

/**
 * Finds what documents have at some paths in one walk over each, which ends with the last of them:
 * nothing is decoded, and what lies between is passed by. A step of a path is a field's name; where
 * an array is on the way, that is told instead of a value.
 *
 * <p>For one thread, one document after the other.
 */
public final class FieldWalk {

    private final WantedFields wanted;
    private final int pathCount;
    private final StoredValue[] values;

    /** Paths that nothing has been told of yet, in the document that is walked. */
    private int left;

    /** Who is told of the values, in the order in which they stand; what is absent comes late. */
    public interface Visitor {

        /**
         * @param path which of the paths
         * @param value what is there; moved on with the next document
         * @return whether to go on
         */
        boolean visit(int path, StoredValue value);
    }

    /**
     * @param paths at most {@link #pathsMax}
     */
    public FieldWalk(List<FieldPath> paths) {
        if (paths.size() > pathsMax()) {
            throw new IllegalArgumentException("paths: " + paths.size());
        }
        this.wanted = WantedFields.of(paths);
        this.pathCount = paths.size();
        this.values = new StoredValue[pathCount];
        Arrays.setAll(values, path -> new StoredValue());
    }

    /** How many paths there may be. */
    public static int pathsMax() {
        return WantedFields.FIELDS_MAX;
    }

    /** Whether it can walk over the document: it is one that is stored. */
    public static boolean isPossible(Document document) {
        return document instanceof StoredDocument;
    }

    /**
     * Tells of each path once.
     *
     * @param document one that is stored
     * @return whether the visitor never ended it
     */
    public boolean over(Document document, Visitor visitor) {
        StoredExtent extent = ((StoredDocument) document).extent();
        left = pathCount;
        return inDocument(wanted, extent, visitor);
    }

    /** Looks for all paths; what they lead to is told by {@link #value}. */
    public void over(Document document) {
        over(document, (path, value) -> true);
    }

    /** What the last document has at a path, unless the visitor has ended the walk before. */
    public StoredValue value(int path) {
        return values[path];
    }

    private boolean inDocument(WantedFields fields, StoredExtent extent, Visitor visitor) {
        SmileNavigator navigator = extent.navigator();
        byte[] bytes = extent.bytes();
        long met = 0;
        int position = extent.start() + 1;
        int token = navigator.token(position);
        while (token != SmileFormat.END_OBJECT) {
            int at = navigator.skipName(position);
            int place = fields.first(token);
            while (place >= 0 && !fields.field(place).isNamed(bytes, position, at)) {
                place = fields.field(place).next();
            }
            if (place >= 0 && (met & 1L << place) == 0) {
                met |= 1L << place;
                StoredExtent found = new StoredExtent(navigator, at, extent.depth());
                if (!visit(fields.field(place), found, visitor)) {
                    return false;
                }
                if (left == 0) {
                    return true;
                }
            }
            position = navigator.skip(at, extent.depth());
            token = navigator.token(position);
        }
        return visitAbsent(fields, met, visitor);
    }

    /**
     * @param found the value of the field, at the level of the container that it stands in
     */
    private boolean visit(WantedFields.Wanted field, StoredExtent found, Visitor visitor) {
        int token = found.navigator().token(found.start());
        for (int path : field.ends()) {
            values[path].found(found);
            left--;
            if (!visitor.visit(path, values[path])) {
                return false;
            }
        }
        if (field.below().count() == 0) {
            return true;
        }
        if (token == SmileFormat.START_OBJECT) {
            int inside = found.depth() + 1;
            StoredExtent document = found.navigator().document(found.start(), inside).extent();
            return inDocument(field.below(), document, visitor);
        }
        return visitBelow(field.below(), token == SmileFormat.START_ARRAY, visitor);
    }

    private boolean visitAbsent(WantedFields fields, long met, Visitor visitor) {
        for (int place = 0; place < fields.count(); place++) {
            if ((met & 1L << place) == 0 && !visitWithout(fields.field(place), false, visitor)) {
                return false;
            }
        }
        return true;
    }

    private boolean visitBelow(WantedFields fields, boolean isThroughArray, Visitor visitor) {
        for (int place = 0; place < fields.count(); place++) {
            if (!visitWithout(fields.field(place), isThroughArray, visitor)) {
                return false;
            }
        }
        return true;
    }

    private boolean visitWithout(
            WantedFields.Wanted field, boolean isThroughArray, Visitor visitor) {
        for (int path : field.ends()) {
            if (isThroughArray) {
                values[path].throughArray();
            } else {
                values[path].absent();
            }
            left--;
            if (!visitor.visit(path, values[path])) {
                return false;
            }
        }
        return visitBelow(field.below(), isThroughArray, visitor);
    }
}

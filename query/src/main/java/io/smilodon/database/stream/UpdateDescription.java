package io.smilodon.database.stream;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.query.update.ManyLookups;
import io.smilodon.query.update.TouchedPath;
import java.util.ArrayList;
import java.util.List;

/** Says what an update did to the fields of a document. Pure functions. */
public final class UpdateDescription {

    private UpdateDescription() {}

    /** What differs at or below these paths. */
    public static List<PathChange> changes(
            Document before, Document after, List<TouchedPath> paths) {
        return TouchedPlaces.changes(before, after, paths);
    }

    /** What differs anywhere. */
    public static List<PathChange> changes(Document before, Document after) {
        return DocumentDifference.changes(before, after);
    }

    /**
     * The {@code updateDescription} of an event.
     *
     * @param after the document behind the update
     * @param isExpanded whether to tell which steps of a dotted path are names, where that is not
     *     clear
     */
    static Document of(List<PathChange> changes, Document after, boolean isExpanded) {
        Document read = ManyLookups.in(after, changes.size());
        DocumentBuilder updated = Document.builder();
        List<Value> removed = new ArrayList<>();
        List<Value> cut = new ArrayList<>();
        DocumentBuilder clear = Document.builder();
        for (PathChange change : changes) {
            String path = change.dotted();
            Value value = ManyLookups.kept(change.in(read));
            if (change.newSize().isPresent()) {
                cut.add(
                        Document.builder()
                                .put("field", path)
                                .put("newSize", change.newSize().getAsInt())
                                .build());
            } else if (value == Missing.INSTANCE) {
                removed.add(Value.of(path));
            } else {
                updated.put(path, value);
            }
            if (change.isAmbiguous()) {
                clear.put(path, ArrayValue.of(change.path()));
            }
        }
        Document description =
                Document.builder()
                        .put("updatedFields", updated.build())
                        .put("removedFields", ArrayValue.of(removed))
                        .put("truncatedArrays", ArrayValue.of(cut))
                        .build();
        return isExpanded ? description.with("disambiguatedPaths", clear.build()) : description;
    }
}

package io.smilodon.database;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.query.update.DocumentRules;
import java.util.List;
import java.util.function.Supplier;

/** Inserts into a collection that the server itself writes; the first failure ends it. */
final class OrderedInserts {

    private final CollectionWrites writes;
    private final Supplier<SmilodonException> gone;

    /**
     * @param gone the error if the collection does not exist any more
     */
    OrderedInserts(CollectionWrites writes, Supplier<SmilodonException> gone) {
        this.writes = writes;
        this.gone = gone;
    }

    void run(List<Document> documents) {
        if (documents.isEmpty()) {
            return;
        }
        List<Document> stored =
                documents.stream()
                        .map(document -> DocumentRules.forInsert(document, Location.ROOT))
                        .toList();
        SteppedWrites.Part<Boolean> part =
                new SteppedWrites<Document, Boolean>(
                                work -> writes.run(0, work).orElseThrow(gone).result(),
                                OrderedInserts::insert,
                                SteppedWrites.Mode.ORDERED)
                        .run(stored);
        if (!part.failures().isEmpty()) {
            throw part.failures().get(part.failures().firstKey());
        }
    }

    private static boolean insert(CollectionWriter writer, Document document) {
        writer.insert(document, SizeLimit.OF_INSERT);
        return true;
    }
}

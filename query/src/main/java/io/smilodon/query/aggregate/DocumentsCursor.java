package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.query.Steps;
import io.smilodon.query.exec.Cursor;
import java.util.Iterator;
import java.util.List;

/** Documents that are in memory. */
final class DocumentsCursor implements Cursor {

    private final Iterator<Document> documents;
    private Document current = Document.EMPTY;

    DocumentsCursor(Iterable<Document> documents) {
        this.documents = documents.iterator();
    }

    static DocumentsCursor of(Document... documents) {
        return new DocumentsCursor(List.of(documents));
    }

    @Override
    public boolean advance() {
        if (!documents.hasNext()) {
            return false;
        }
        Steps.take();
        current = documents.next();
        return true;
    }

    @Override
    public Document current() {
        return current;
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}

package io.smilodon.samples;

import io.smilodon.engine.value.Document;
import java.util.Iterator;
import java.util.List;

/** Documents that are in memory already. */
public final class ListDocuments implements DocumentSource.Documents {

    private final Iterator<Document> documents;

    public ListDocuments(List<Document> documents) {
        this.documents = documents.iterator();
    }

    @Override
    public boolean hasNext() {
        return documents.hasNext();
    }

    @Override
    public Document next() {
        return documents.next();
    }

    @Override
    public void close() {
        // nothing is held open
    }
}

package io.smilodon.query.testing;

import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.Cursor;
import java.util.ArrayList;
import java.util.List;

/** A cursor over documents in memory that knows whether it was closed. */
public final class ListCursor implements Cursor {

    private final List<Document> documents;
    private int position = -1;
    private boolean isClosed;

    public ListCursor(List<Document> documents) {
        this.documents = List.copyOf(documents);
    }

    @Override
    public boolean advance() {
        position++;
        return position < documents.size();
    }

    @Override
    public Document current() {
        return documents.get(position);
    }

    @Override
    public void close() {
        isClosed = true;
    }

    public boolean isClosed() {
        return isClosed;
    }

    /** Whether anybody has asked for the end. */
    public int reads() {
        return Math.min(position + 1, documents.size());
    }

    /** All documents of a cursor, which is closed. */
    public static List<Document> drain(Cursor cursor) {
        try (cursor) {
            List<Document> all = new ArrayList<>();
            while (cursor.advance()) {
                all.add(cursor.current());
            }
            return all;
        }
    }
}

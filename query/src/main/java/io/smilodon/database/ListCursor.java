package io.smilodon.database;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import java.util.List;
import java.util.Optional;

/** A list that was made at once and is read batch by batch. Not thread-safe. */
public final class ListCursor implements ParkedCursor {

    private final List<Document> documents;
    private final String source;
    private int next;
    private volatile Optional<SmilodonException> interruption = Optional.empty();
    private volatile boolean isClosed;

    /**
     * A cursor before the first document.
     *
     * @param source what it is a list of, as {@code database.collection}
     */
    public ListCursor(List<Document> documents, String source) {
        this.documents = List.copyOf(documents);
        this.source = source;
    }

    @Override
    public boolean hasNext() {
        interruption.ifPresent(
                why -> {
                    throw why;
                });
        return next < documents.size();
    }

    @Override
    public Document next() {
        next++;
        return documents.get(next - 1);
    }

    @Override
    public void unread(Document document) {
        next--;
    }

    @Override
    public boolean hasMore() {
        return hasNext();
    }

    @Override
    public boolean isClosed() {
        return isClosed;
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public String planSummary() {
        return "";
    }

    @Override
    public void interrupt(SmilodonException why) {
        interruption = Optional.of(why);
    }

    @Override
    public void close() {
        isClosed = true;
    }
}

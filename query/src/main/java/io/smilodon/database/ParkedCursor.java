package io.smilodon.database;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import java.time.Duration;
import java.util.Optional;

/**
 * What yields documents batch by batch, while its reader comes and goes. One thread at a time,
 * except for {@link #interrupt} and {@link #close}.
 */
public interface ParkedCursor extends AutoCloseable {

    /** Whether there is another document by now. */
    boolean hasNext();

    Document next();

    /** Takes back the document that {@link #next} gave last: it is the next one again. */
    void unread(Document document);

    /** Whether its reader should come again, seen from the end of a batch. */
    boolean hasMore();

    /** Whether it goes on with documents that are not there yet. */
    default boolean isTailable() {
        return false;
    }

    /** Whether a reader may wait for documents that are not there yet. */
    default boolean awaitsData() {
        return false;
    }

    /** Waits until there is a document; at its end, or after that time, there is none. */
    default void await(Duration timeout) {
        // What comes is there already.
    }

    /** Where to go on behind the last document, for who begins anew; empty if that cannot be. */
    default Optional<Document> resumeToken() {
        return Optional.empty();
    }

    /** Its reader goes away. */
    default void pause() {
        // Nothing goes on without a reader.
    }

    /** Its reader is back. */
    default void resume() {
        // Nothing was stopped.
    }

    boolean isClosed();

    /** Whether it waits longer than others for a reader. */
    default boolean isKeptLonger() {
        return false;
    }

    /** Whether it cannot go on when this collection is dropped or has another name. */
    default boolean reads(int collectionId) {
        return false;
    }

    /** Why it cannot go on, if its collection has been dropped, or has another name, by now. */
    default Optional<SmilodonException> lost() {
        return Optional.empty();
    }

    /** What is read, as {@code database.collection}. */
    String source();

    /** How it is read, in one line. */
    String planSummary();

    /** Makes a reader that is at work on it fail soon, with this error. */
    void interrupt(SmilodonException why);

    @Override
    void close();
}

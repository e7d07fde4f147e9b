package io.smilodon.database;

import io.smilodon.database.stream.ChangeStream;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A change stream that is read batch by batch. It never ends by itself, unless what it watches
 * does. One thread at a time, except for {@link #interrupt} and {@link #close}.
 */
public final class WatchCursor implements ParkedCursor {

    /** How long a batch may go on looking for more events once it has one. */
    private static final Duration EFFORT = Duration.ofMillis(100);

    private static final String PLAN = "CHANGE_STREAM";

    private final ChangeStream stream;
    private Optional<Document> found = Optional.empty();

    /** The tokens of the two events that were read last. */
    private Optional<Document> last = Optional.empty();

    private Optional<Document> beforeLast = Optional.empty();
    private volatile boolean isClosed;
    private volatile Optional<SmilodonException> interruption = Optional.empty();

    private WatchCursor(ChangeStream stream) {
        this.stream = stream;
    }

    /** Takes over a stream. */
    public static WatchCursor open(Supplier<ChangeStream> opening) {
        try {
            return new WatchCursor(opening.get());
        } catch (SmilodonException failure) {
            throw ErrorLabels.ofChangeStream(failure);
        }
    }

    @Override
    public boolean hasNext() {
        if (found.isEmpty()) {
            found = read(() -> stream.poll(EFFORT));
        }
        return found.isPresent();
    }

    @Override
    public Document next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no event yet");
        }
        Document event = found.orElseThrow();
        found = Optional.empty();
        beforeLast = last;
        last = token(event);
        return event;
    }

    private static Optional<Document> token(Document event) {
        return event.get("_id") instanceof Document token ? Optional.of(token) : Optional.empty();
    }

    @Override
    public void unread(Document event) {
        found = Optional.of(event);
        last = beforeLast;
    }

    @Override
    public void await(Duration timeout) {
        if (found.isEmpty()) {
            found = read(() -> stream.next(timeout));
        }
    }

    private Optional<Document> read(Supplier<Optional<Document>> reading) {
        try {
            return reading.get();
        } catch (SmilodonException failure) {
            // The stream was closed under its reader: that is not what went wrong.
            throw interruption.orElseGet(() -> ErrorLabels.ofChangeStream(failure));
        }
    }

    @Override
    public boolean hasMore() {
        return !stream.hasEnded();
    }

    @Override
    public boolean isTailable() {
        return true;
    }

    @Override
    public boolean awaitsData() {
        return true;
    }

    @Override
    public Optional<Document> resumeToken() {
        return found.isPresent() && last.isPresent()
                ? last // the stream itself is behind what its reader has not seen
                : Optional.of(stream.resumeToken());
    }

    @Override
    public void pause() {
        // It has no clock of its own.
    }

    @Override
    public void resume() {
        // As above.
    }

    @Override
    public boolean isClosed() {
        return isClosed;
    }

    @Override
    public String source() {
        return stream.name();
    }

    @Override
    public String planSummary() {
        return PLAN;
    }

    @Override
    public void interrupt(SmilodonException why) {
        interruption = Optional.of(ErrorLabels.ofChangeStream(why));
        close();
    }

    @Override
    public void close() {
        isClosed = true;
        stream.close();
    }
}

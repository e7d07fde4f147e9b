package io.smilodon.database;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.index.collation.Collation;
import io.smilodon.query.Steps;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The answer to a find or an aggregation, read as it is asked for. It sees one snapshot for life.
 * Close it: it holds the snapshot. Not thread-safe, except for {@link #interrupt}.
 */
public final class DocumentCursor implements Iterator<Document>, ParkedCursor {

    private final Access access;
    private final OpenRead read;
    private final Runnable isAlive;
    private final Supplier<Boolean> advancing;
    private final Steps steps = Steps.ofThread();
    private boolean fetched;
    private boolean ended;
    private boolean isKeptLonger;
    private Optional<Document> unread = Optional.empty();

    /** Why nobody may go on with it; null if it is alive. */
    private volatile SmilodonException killed;

    /** Why its operation was cancelled, told instead of the failure that comes of it; or null. */
    private volatile SmilodonException interruption;

    DocumentCursor(Access access, OpenRead read) {
        this.access = access;
        this.read = read;
        this.isAlive = read.operation()::checkAlive;
        this.advancing = () -> access.advance(read.cursor());
    }

    /**
     * @throws SmilodonException {@code MaxTimeMSExpired}, {@code SnapshotTooOld} if the cursor was
     *     open for too long, {@code NoSuchTransaction} if the transaction that it reads in has
     *     ended, or what the query itself finds wrong with a document
     */
    @Override
    public boolean hasNext() {
        SmilodonException end = killed;
        if (end != null) {
            throw end;
        }
        if (!fetched && !ended) {
            fetched = fetch();
            ended = !fetched;
        }
        return fetched;
    }

    private boolean fetch() {
        try {
            return steps.guardedHere(isAlive, advancing);
        } catch (SmilodonException failure) {
            SmilodonException why = interruption;
            throw why == null ? failure : why;
        }
    }

    @Override
    public Document next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the cursor is exhausted");
        }
        fetched = false;
        if (unread.isPresent()) {
            Document again = unread.get();
            unread = Optional.empty();
            return again;
        }
        access.instance().activity().returned();
        return read.cursor().current();
    }

    @Override
    public void unread(Document document) {
        unread = Optional.of(document);
        fetched = true;
    }

    @Override
    public boolean hasMore() {
        return hasNext();
    }

    /** Stops the clock of its time limit, until {@link #resume}: its reader is away. */
    @Override
    public void pause() {
        read.operation().pause();
    }

    @Override
    public void resume() {
        read.operation().resume();
    }

    @Override
    public void interrupt(SmilodonException why) {
        interruption = why;
        killed = why;
        read.operation().cancel();
    }

    /**
     * Lets it wait longer for a reader who comes back for more, {@link
     * CursorRegistry#KEPT_MILLIS_MAX}: MongoDB's <code>noCursorTimeout</code>.
     *
     * @return the same
     */
    public DocumentCursor keptLonger() {
        isKeptLonger = true;
        return this;
    }

    @Override
    public boolean isKeptLonger() {
        return isKeptLonger;
    }

    /** Moves on without looking at the document; false at the end. */
    boolean skipOne() {
        boolean isThere = hasNext();
        fetched = false;
        unread = Optional.empty();
        return isThere;
    }

    @Override
    public boolean reads(int collectionId) {
        return !access.keepsCollections()
                && read.collection().filter(entry -> entry.id() == collectionId).isPresent();
    }

    @Override
    public Optional<SmilodonException> lost() {
        return access.keepsCollections()
                ? Optional.empty()
                : read.collection().flatMap(access.instance()::lost);
    }

    /** How strings compare for what reads. */
    Collation collation() {
        return read.operation().collation();
    }

    /** The collection that is read. */
    public Namespace namespace() {
        return read.namespace();
    }

    @Override
    public String source() {
        return namespace().toString();
    }

    /** The plan in one line, such as {@code IXSCAN year_1}. */
    @Override
    public String planSummary() {
        return read.source().planSummary().get();
    }

    @Override
    public boolean isClosed() {
        return (ended && !fetched) || killed != null;
    }

    /** Closes it before its end; whoever reads on is told why. */
    void kill(SmilodonException why) {
        killed = why;
        close();
    }

    /** Releases the snapshot; what was read before stays valid. */
    @Override
    public void close() {
        ended = true;
        fetched = false;
        access.close(read);
    }
}

package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.TransactionRunner.Attempt;
import io.smilodon.engine.store.TransactionRunner.Done;
import io.smilodon.query.exec.Cursor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A transaction that statements of one request share. A statement that fails leaves it as it is:
 * whoever runs them asks whether something was written. Of each document that is written there is
 * one event of change streams, so one statement at most writes it. Not thread-safe.
 */
final class ChunkAccess implements Access {

    /** What the last statement may bring it to; one that writes more goes by itself. */
    private static final long LAST_BYTES_MAX = 40 << 20;

    private static final int DOCUMENTS_OF_STATEMENT_MAX = 1_000;

    /** Short enough to conflict seldom, and to leave the last statement most of its time. */
    private static final long NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(250);

    private final Smilodon smilodon;
    private final Instance instance;
    private final CountingTransaction transaction;
    private final boolean isShared;
    private final LongSupplier nanoClock;
    private final long startNanos;
    private final Map<Namespace, DocumentCollection> collections = new HashMap<>();
    private final List<CollectionWriter> writers = new ArrayList<>();

    /** The documents that earlier statements have written. */
    private final Set<ByteBuffer> writtenBefore = new HashSet<>();

    private final Set<ByteBuffer> written = new HashSet<>();
    private long writeCountBefore;
    private long bytesBefore;

    /**
     * @param isShared whether there may be several statements
     * @param nanoClock tells how long they take
     */
    ChunkAccess(
            Smilodon smilodon,
            Instance instance,
            Transaction transaction,
            boolean isShared,
            LongSupplier nanoClock) {
        this.smilodon = smilodon;
        this.instance = instance;
        this.transaction = new CountingTransaction(transaction);
        this.isShared = isShared;
        this.nanoClock = nanoClock;
        this.startNanos = nanoClock.getAsLong();
    }

    /** A collection, to be used inside the transaction. */
    DocumentCollection collection(Namespace namespace) {
        return collections.computeIfAbsent(
                namespace,
                name ->
                        new Database(smilodon, name.database(), this)
                                .collection(name.collection()));
    }

    /** The next statement begins. */
    void begin() {
        writtenBefore.addAll(written);
        written.clear();
        writeCountBefore = transaction.writeCount();
        bytesBefore = transaction.writtenBytes();
    }

    /** Whether the statement that began last has written something. */
    boolean isTouched() {
        return transaction.writeCount() != writeCountBefore
                || transaction.writtenBytes() != bytesBefore;
    }

    /** Whether it is time to commit. */
    boolean isFull() {
        return transaction.writtenBytes() >= PartSize.BYTES_MAX
                || nanoClock.getAsLong() - startNanos > NANOS_MAX;
    }

    /** What was written is committed now. */
    void committed() {
        writers.forEach(instance::written);
    }

    // ---- Statements

    @Override
    public void beforeWriting(byte[] documentKey) {
        if (!isShared) {
            return;
        }
        ByteBuffer key = ByteBuffer.wrap(documentKey);
        if (writtenBefore.contains(key)) {
            throw new ChunkEnd("the document has been written already");
        }
        written.add(key);
        if (written.size() > DOCUMENTS_OF_STATEMENT_MAX
                || transaction.writtenBytes() > LAST_BYTES_MAX) {
            throw new ChunkEnd("the statement writes too much");
        }
    }

    /** A collection stays, whatever becomes of the statement that needs it. */
    @Override
    public void beforeCreating(Namespace namespace) {
        if (isShared) {
            throw new ChunkEnd("the collection is to be created");
        }
    }

    @Override
    public Instance instance() {
        return instance;
    }

    @Override
    public Snapshot snapshot() {
        return transaction.view();
    }

    @Override
    public <T> Done<T> write(long millisMax, Function<Transaction, Attempt<T>> work) {
        return new Done<>(work.apply(transaction).result(), 0);
    }

    @Override
    public void written(CollectionWriter writer) {
        writers.add(writer);
    }

    @Override
    public boolean isWhole() {
        return true;
    }

    @Override
    public long estimate(CollectionEntry entry, ReadView view) {
        return instance.sizes().guess(entry, view);
    }

    @Override
    public void requireWritable() {
        // It is, as far as the store is.
    }

    @Override
    public <T> T statement(Supplier<T> operation) {
        return instance.statement(operation);
    }

    @Override
    public DocumentCursor handOut(DocumentCursor cursor) {
        return cursor;
    }

    @Override
    public boolean advance(Cursor cursor) {
        return cursor.advance();
    }

    @Override
    public void close(OpenRead read) {
        read.close();
    }

    @Override
    public void requireNewest(String operation) {
        throw new AssertionError("no statement of a chunk: " + operation);
    }

    @Override
    public Access with(WriteOptions options) {
        throw new AssertionError("the chunk is as durable as its request asks");
    }

    @Override
    public Access asOf(AsOf time) {
        throw new AssertionError("a chunk writes to the newest state");
    }
}

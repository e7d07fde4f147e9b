package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.database.stream.ChangeStream;
import io.smilodon.database.stream.WatchOptions;
import io.smilodon.database.stream.WatchScope;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.TransactionRunner.Attempt;
import io.smilodon.engine.store.TransactionRunner.Done;
import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.Cursor;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How the operations of a handle reach the store: on the newest state, on an earlier one, or inside
 * a transaction.
 */
interface Access {

    Instance instance();

    /** The state to read. Close it. */
    Snapshot snapshot();

    /**
     * Runs work that writes, in a transaction of its own or in the one that goes on.
     *
     * @param millisMax how long to try again after conflicts; 0 for the default
     */
    <T> Done<T> write(long millisMax, Function<Transaction, Attempt<T>> work);

    /** Takes into account what a writer has changed, as soon as it is committed. */
    void written(CollectionWriter writer);

    /** Told before a document is written under this key. */
    default void beforeWriting(byte[] documentKey) {
        // Most need not know.
    }

    /** Told before a collection is created because something is to be written into it. */
    default void beforeCreating(Namespace namespace) {
        // Most need not know.
    }

    /**
     * Whether what is written is kept or lost as a whole with what was written before, so that no
     * part may be given up or run again on its own.
     */
    boolean isWhole();

    /** About how many documents the collection has, for the planner. */
    long estimate(CollectionEntry entry, ReadView view);

    /** Refuses writes where there is nothing to write to. */
    void requireWritable();

    /** Refuses writes to a capped collection where they would not be on their own. */
    default void requireCappedWrites(Namespace namespace) {
        // They are, but in a transaction.
    }

    /**
     * Refuses a stage that transactions of users do not have.
     *
     * @param stage its name, for the error
     */
    default void requireNoTransaction(String stage) {
        // There is none.
    }

    /**
     * Refuses what can only be done on the newest state and outside transactions.
     *
     * @param operation its name, for the error
     */
    void requireNewest(String operation);

    /** Runs one operation of a user. */
    <T> T statement(Supplier<T> operation);

    /** The same for one that returns nothing. */
    default void perform(Runnable operation) {
        statement(
                () -> {
                    operation.run();
                    return true;
                });
    }

    /** Hands out a cursor that was opened by a statement. */
    DocumentCursor handOut(DocumentCursor cursor);

    /** Whether collections that others drop stay there for its cursors. */
    default boolean keepsCollections() {
        return true;
    }

    /** Moves a cursor on that was handed out. */
    boolean advance(Cursor cursor);

    /** Lets go of what a cursor reads; any thread may ask for that at any time. */
    void close(OpenRead read);

    /** What changes from now on, or from where the options say. */
    default ChangeStream watch(WatchScope scope, List<Document> pipeline, WatchOptions options) {
        requireNewest("watch");
        ChangeStream.Source source =
                new ChangeStream.Source(
                        instance().store(), instance().catalog(), instance().operationBudget());
        return ChangeStream.open(source, scope, pipeline, options);
    }

    /** The same place with other options of writing. */
    Access with(WriteOptions options);

    /** The state of that time. */
    Access asOf(AsOf time);
}

package io.smilodon.database;

import io.smilodon.database.stream.ChangeStream;
import io.smilodon.database.stream.WatchOptions;
import io.smilodon.database.stream.WatchScope;
import io.smilodon.engine.Progress;
import io.smilodon.engine.backup.BackupList;
import io.smilodon.engine.bucket.Bucket;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.FileDirectory;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.file.StagedDirectory;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.RecoveryReport;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.StoreState;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.query.exec.MemoryAccount;
import io.smilodon.security.Users;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An open data directory with all its databases: the entry point of a program that embeds Smilodon.
 * Thread-safe. Close it.
 *
 * <pre>{@code
 * try (Smilodon smilodon = Smilodon.open(Path.of("data"))) {
 *     DocumentCollection movies = smilodon.database("cinema").collection("movies");
 *     movies.insertOne(ExtendedJson.readDocument("{\"_id\": 1, \"title\": \"Heat\"}"));
 * }
 * }</pre>
 */
public final class Smilodon implements AutoCloseable {

    private final Instance instance;
    private final TransactionRuns transactionRuns;
    private final Admission admission = new Admission();
    private final TransactionRegistry transactions;
    private final SessionRegistry sessions;
    private final IdleSweep idleSweep;
    private final ClusterClock clusterClock;
    private final RecoveryReport recovery;
    private final ServerProcess server = new ServerProcess();

    private Smilodon(Instance instance, RecoveryReport recovery) {
        this.recovery = recovery;
        this.instance = instance;
        this.transactionRuns = new TransactionRuns(this, instance);
        this.transactions = new TransactionRegistry(transactionRuns, instance);
        this.sessions = new SessionRegistry(transactions, instance);
        this.clusterClock = new ClusterClock(instance.store(), instance.options().clock());
        this.idleSweep = new IdleSweep(transactions, instance.cursors());
        idleSweep.start();
    }

    /** Opens or creates a data directory. */
    public static Smilodon open(Path directory) {
        return open(directory, DatabaseOptions.DEFAULTS);
    }

    /**
     * Opens or creates a data directory.
     *
     * @throws io.smilodon.engine.error.SmilodonException if another process holds it, if its files
     *     are damaged, or if a newer version wrote them
     */
    public static Smilodon open(Path directory, DatabaseOptions options) {
        try {
            return open(FileDirectory.open(directory), options);
        } catch (IOException failure) {
            throw new SmilodonException(
                    ErrorCode.INTERNAL_ERROR,
                    "The data directory cannot be opened",
                    Map.of("directory", directory, "reason", failure.getMessage()),
                    failure);
        }
    }

    /** A database that lives in memory and ends with {@link #close}. */
    public static Smilodon inMemory() {
        return inMemory(DatabaseOptions.DEFAULTS);
    }

    /** A database that lives in memory and ends with {@link #close}. */
    public static Smilodon inMemory(DatabaseOptions options) {
        return open(new MemoryDirectory(), options);
    }

    /** Opens what a directory of any kind holds. */
    static Smilodon open(StorageDirectory directory, DatabaseOptions options) {
        EmbeddedStore store = EmbeddedStore.open(directory, options.storage());
        return new Smilodon(Instance.start(store, directory, options), store.recovery());
    }

    /** The database of this name, whether it exists or not. */
    public Database database(String name) {
        return new Database(this, name, instance.newest());
    }

    /** The databases that exist, by name. */
    public List<DatabaseSummary> databases() {
        return instance.definitions().databases();
    }

    /** Their names; nothing is counted. */
    public List<String> databaseNames() {
        return instance.definitions().databaseNames();
    }

    /**
     * Creates a database without collections.
     *
     * @return whether it was created
     */
    public boolean createDatabase(String name) {
        return instance.definitions().createDatabase(name);
    }

    /**
     * Drops a database with its collections.
     *
     * @return whether there was one
     */
    public boolean dropDatabase(String name) {
        return instance.definitions().dropDatabase(name);
    }

    /** The bucket of this name, plain keys and blobs, whether it exists or not. */
    public Bucket bucket(String name) {
        return instance.buckets().bucket(name);
    }

    /**
     * The names of the buckets that exist, in order.
     *
     * @param after the name after which the list goes on; empty for its beginning
     * @param limit how many at most
     */
    public List<String> bucketNames(String after, int limit) {
        return instance.buckets().names(after, limit);
    }

    // ---- Transactions

    /** Begins a transaction; close it. {@link #transaction} runs one as often as it needs. */
    public DocumentTransaction begin(TransactionSettings settings) {
        return transactionRuns.begin(settings);
    }

    /** Runs work in a transaction with snapshot isolation; see below. */
    public <T> T transaction(Function<DocumentTransaction, T> work) {
        return transaction(TransactionSettings.DEFAULTS, work);
    }

    /**
     * Runs work in a transaction and commits it; again from the start as long as others outrun it,
     * so the work must have no effect outside the transaction. Work that throws, or that aborts the
     * transaction itself, leaves nothing behind.
     *
     * @return what the work returns
     * @throws SmilodonException {@code WriteConflict} if others outran it until the time was up;
     *     with the label {@link ErrorLabels#UNKNOWN_COMMIT} if it may have happened
     */
    public <T> T transaction(TransactionSettings settings, Function<DocumentTransaction, T> work) {
        return transactionRuns.run(settings, work);
    }

    /**
     * As above, with an effect at most once for each request id within 24 hours: who comes again
     * with the same id gets the answer of the first time, also after a crash.
     *
     * @param requestId names this request and no other, a random UUID for instance
     * @param work its answer is kept with what it writes; of those above 4 KiB the newest 256 MiB
     * @throws SmilodonException {@code IncompleteTransactionHistory} (217) if that answer is gone
     */
    public Document transactionOnce(
            String requestId,
            TransactionSettings settings,
            Function<DocumentTransaction, Document> work) {
        return transactionRuns.once(requestId, settings, work);
    }

    TransactionRuns transactionRuns() {
        return transactionRuns;
    }

    /**
     * Carries out the statements of a request in chunks.
     *
     * @param options how durable each statement must be
     * @param kept what is to be remembered of them; without it nothing
     */
    public <R> StatementChunks<R> chunks(
            StatementChunks.Statements<R> statements,
            WriteOptions options,
            Optional<StatementChunks.Kept<R>> kept) {
        return chunks(new StatementChunks.Request<>(statements, options, kept, System::nanoTime));
    }

    <R> StatementChunks<R> chunks(StatementChunks.Request<R> request) {
        return new StatementChunks<>(this, instance, request);
    }

    /** The transactions whose callers come back for more. */
    public TransactionRegistry transactions() {
        return transactions;
    }

    /** The sessions of MongoDB's clients, and their transactions. */
    public SessionRegistry sessions() {
        return sessions;
    }

    /** The changes of all databases. Close the stream. */
    public ChangeStream watch(List<Document> pipeline, WatchOptions options) {
        return instance.newest().watch(WatchScope.EVERYTHING, pipeline, options);
    }

    /**
     * The {@code clusterTime} of the newest commit, or a later time without one. A change stream
     * that begins with it misses nothing that happens from now on.
     */
    public TimestampValue clusterTime() {
        return clusterClock.now();
    }

    /** The state that could be read at a {@link #clusterTime}. */
    public AsOf asOf(TimestampValue clusterTime) {
        return clusterClock.asOf(clusterTime);
    }

    // ---- Upkeep

    /** What opening found: whether the last stop was clean, and what it may have cost. */
    public RecoveryReport recovery() {
        return recovery;
    }

    /** Writes what is only in memory to files, so that the next opening is quick. */
    public void checkpoint() {
        instance.store().checkpoint();
    }

    /** What lets all writing wait for a while, as for a copy of the files. */
    public WriteHold writeHold() {
        instance.requireOpen();
        return instance.writeHold();
    }

    /** The users, and the roles that were made. */
    public Users users() {
        return instance.users();
    }

    /** The parameters of MongoDB's server that mean something here too. */
    public Parameters parameters() {
        return instance.parameters();
    }

    /** The server that this database belongs to. */
    public ServerProcess server() {
        return server;
    }

    /** Merges all files into few that hold nothing in vain, while reading and writing go on. */
    public void compact(Progress progress) {
        instance.store().compact(progress);
    }

    /**
     * Checks every document and every index of the present state against each other, while reading
     * and writing go on. {@link DatabaseCheck} checks the files too, of a directory not open.
     */
    public DatabaseCheckReport verify(Progress progress) {
        try (Snapshot snapshot = instance.store().snapshot()) {
            return DatabaseCheck.contents(snapshot, new SearchFiles(instance, snapshot), progress);
        }
    }

    /**
     * Backs up all databases as of the last visible commit, while writing goes on.
     *
     * @param target absent or empty; it gets its name once it is complete
     * @return what the backup consists of
     */
    public BackupList backup(Path target) {
        return backup(target, Progress.SILENT);
    }

    /** The same; tells how far it is. */
    public BackupList backup(Path target, Progress progress) {
        return Backups.write(instance.store(), () -> StagedDirectory.begin(target), progress);
    }

    /**
     * The same, for callers who may not choose the place.
     *
     * @param root beneath which backups go
     * @param name a plain name, not a path
     */
    public BackupList backup(Path root, String name, Progress progress) {
        return Backups.write(instance.store(), () -> StagedDirectory.beneath(root, name), progress);
    }

    /** Whether the database takes writes. */
    public StoreState state() {
        return instance.store().state();
    }

    /**
     * Names what is to be told, once, when writing has to stop because a sync failed. It must not
     * wait. Told at once if that has happened already.
     */
    public void onPoison(Runnable listener) {
        instance.store().onPoison(listener);
    }

    public SmilodonStatistics statistics() {
        return instance.statistics();
    }

    /** What was done with it since it was opened. */
    public ActivityStatistics activity() {
        return instance.activity().statistics();
    }

    /** Where requests of servers' clients wait for their turn. */
    public Admission admission() {
        return admission;
    }

    /** Where servers count their connections. */
    public Traffic traffic() {
        return instance.traffic();
    }

    /**
     * Removes the documents that have expired by their TTL indexes at once; a thread does so from
     * time to time, see {@link TtlSettings}.
     *
     * @return how many were removed
     */
    public long removeExpired() {
        instance.requireOpen();
        return instance.ttl().sweep();
    }

    /** The cursors that wait for their next batch. */
    public CursorRegistry cursors() {
        return instance.cursors();
    }

    /** What is settled of queries by their shapes. */
    public QuerySettings querySettings() {
        return instance.querySettings();
    }

    /** The requests that are being carried out, and those that took long. */
    public OperationRegistry operations() {
        return instance.operations();
    }

    /**
     * An account of what a request holds itself, besides what reads and writes do; to be closed.
     */
    public MemoryAccount memory(String holder) {
        return new MemoryAccount(holder, instance.operationBudget().begin(0));
    }

    /** Ends the open cursors and closes the store; what was acknowledged is safe. */
    @Override
    public void close() {
        idleSweep.close();
        transactions.close();
        instance.close();
    }
}

package io.smilodon.database.files;

import io.smilodon.database.ConditionalWriteResult;
import io.smilodon.database.ConditionalWriteResult.Outcome;
import io.smilodon.database.Database;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.DocumentCursor;
import io.smilodon.database.FindRequest;
import io.smilodon.database.VersionedDocument;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Precondition;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Files of any size in two collections, as MongoDB's GridFS specification has them, so that
 * drivers' buckets read what is written here and the other way round.
 *
 * <pre>
 * NAME.files   {_id, length: int64, chunkSize: int32, uploadDate: date, filename, metadata}
 *              index {filename: 1, uploadDate: 1}
 * NAME.chunks  {_id: ObjectId, files_id: _id of the file, n: int32 from 0, data: chunkSize bytes}
 *              unique index {files_id: 1, n: 1}
 * </pre>
 *
 * <p>A file is there when its document is, which is written last and deleted first, or together
 * with the chunks. What a process that was killed has written of a file by then stays as chunks
 * without one, as drivers leave them; those under its {@code _id} go when it is written again.
 * Thread-safe.
 */
public final class FileBucket {

    /** How the collection of the files' documents ends. */
    public static final String FILES = ".files";

    private static final String CHUNKS = ".chunks";

    static final String FILE_ID = "files_id";
    static final String NUMBER = "n";
    static final String DATA = "data";
    static final String LENGTH = "length";
    static final String CHUNK_SIZE = "chunkSize";

    /** Chunks that are written together: of the usual size, 1 MiB. */
    static final int BATCH_COUNT = 4;

    private static final int LOCK_COUNT = 64;

    /** By bucket: what is replaced or deleted has no two hands on its chunks. */
    private static final Lock[] LOCKS =
            Stream.generate(ReentrantLock::new).limit(LOCK_COUNT).toArray(Lock[]::new);

    private final Database database;
    private final String name;

    /**
     * A bucket, whether it exists or not.
     *
     * @param name what its collections begin with, such as {@code fs}
     */
    public FileBucket(Database database, String name) {
        this.database = database;
        this.name = name;
    }

    /** The documents of the files. */
    public DocumentCollection files() {
        return database.collection(name + FILES);
    }

    /** The bytes of the files. */
    public DocumentCollection chunks() {
        return database.collection(name + CHUNKS);
    }

    /** Creates what is missing of its collections and their indexes. */
    public void create() {
        Document names = key("filename", "uploadDate");
        files().createIndex(Document.of("key", names));
        Document numbers = key(FILE_ID, NUMBER);
        chunks().createIndex(Document.builder().put("key", numbers).put("unique", true).build());
    }

    private static Document key(String first, String second) {
        return Document.builder().put(first, 1).put(second, 1).build();
    }

    /** Drops its collections; returns whether there was one. */
    public boolean drop() {
        boolean hadFiles = files().drop();
        return chunks().drop() | hadFiles;
    }

    /**
     * Begins a new file.
     *
     * @param bytesMax the size beyond which it is refused
     */
    public FileUpload upload(long bytesMax) {
        return new FileUpload(this, bytesMax);
    }

    /** The document of a file, with its version. */
    public Optional<VersionedDocument> find(Value id) {
        return files().findById(id);
    }

    /**
     * The bytes of a file from one position to another, as they were when its document was read.
     *
     * @param file as it was found
     * @param from of the first byte, from 0
     * @param to behind the last
     * @throws SmilodonException {@code WriteConflict} if the file has been replaced or deleted
     *     since, or its metadata changed: find it again; {@code OperationFailed} if its document is
     *     none of a file or the first of the chunks is missing or too short
     */
    public FileContent content(VersionedDocument file, long from, long to) {
        Value id = file.document().get("_id");
        int chunkSize = (int) number(file.document(), CHUNK_SIZE, Integer.MAX_VALUE);
        if (from < 0 || to < from || to > length(file.document()) || chunkSize == 0) {
            throw malformed(file.document());
        }
        long first = from / chunkSize;
        Document filter =
                Document.builder()
                        .put(FILE_ID, Document.of("$eq", id))
                        .put(NUMBER, Document.of("$gte", Value.of(first)))
                        .build();
        FindRequest request = FindRequest.of(filter).withSort(Document.of(NUMBER, Value.of(1)));
        DocumentCursor cursor = chunks().find(request);
        try {
            requireUnchanged(file); // behind the state that the cursor reads
            return new FileContent(cursor, chunkSize, from, to);
        } catch (RuntimeException failure) {
            cursor.close();
            throw failure;
        }
    }

    private void requireUnchanged(VersionedDocument file) {
        Optional<VersionedDocument> now = find(file.document().get("_id"));
        if (now.isEmpty() || now.get().version() != file.version()) {
            throw new SmilodonException(
                    ErrorCode.WRITE_CONFLICT, "The file has been replaced meanwhile");
        }
    }

    /**
     * How many bytes a file has.
     *
     * @throws SmilodonException {@code OperationFailed} if its document does not say so
     */
    public static long length(Document file) {
        return number(file, LENGTH, Long.MAX_VALUE);
    }

    private static long number(Document file, String field, long maximum) {
        if (file.get(field) instanceof NumberValue number
                && number.toLong() >= 0
                && number.toLong() <= maximum) {
            return number.toLong();
        }
        throw malformed(file);
    }

    private static SmilodonException malformed(Document file) {
        return new SmilodonException(
                ErrorCode.OPERATION_FAILED,
                "The document is none of a file",
                Map.of("id", file.get("_id")));
    }

    /** Deletes a file and its bytes. */
    public ConditionalWriteResult delete(Value id, Precondition only) {
        return alone(
                () -> {
                    ConditionalWriteResult result = files().deleteById(id, only);
                    if (result.outcome() == Outcome.DELETED) {
                        deleteChunks(id);
                    }
                    return result;
                });
    }

    /** Deletes what there is of a file's bytes, a few chunks at a time. */
    void deleteChunks(Value id) {
        long last = lastChunk(id, Long.MAX_VALUE);
        while (last >= 0) {
            long first = last - BATCH_COUNT + 1;
            long count = chunks().deleteMany(chunksOf(id, first, last)).deletedCount();
            last = count == BATCH_COUNT ? first - 1 : lastChunk(id, first - 1);
        }
        chunks().deleteMany(Document.of(FILE_ID, Document.of("$eq", id)));
    }

    /**
     * The highest number of a chunk that is not above another number; -1 if there is none. Whoever
     * may write chunks may give them any numbers, so that gaps are passed over.
     */
    private long lastChunk(Value id, long most) {
        FindRequest request =
                FindRequest.of(chunksOf(id, 0, most))
                        .withSort(Document.of(NUMBER, Value.of(-1)))
                        .withProjection(Document.builder().put(NUMBER, 1).put("_id", 0).build());
        return chunks().findOne(request)
                .filter(chunk -> chunk.get(NUMBER) instanceof NumberValue)
                .map(chunk -> ((NumberValue) chunk.get(NUMBER)).toLong())
                .orElse(-1L);
    }

    /** Whether there are more chunks of a file than so many, wherever they come from. */
    boolean hasMoreChunks(Value id, long most) {
        FindRequest request = FindRequest.of(Document.of(FILE_ID, Document.of("$eq", id)));
        return chunks().count(request.withLimit(most + 1)) > most;
    }

    /** Some of a file's chunks, by their numbers. */
    static Document chunksOf(Value id, long first, long last) {
        Document numbers = Document.builder().put("$gte", first).put("$lte", last).build();
        return Document.builder().put(FILE_ID, Document.of("$eq", id)).put(NUMBER, numbers).build();
    }

    /** Whether what is written belongs to a transaction that goes on. */
    boolean isInTransaction() {
        return files().isInTransaction();
    }

    /**
     * Writes a file in one transaction: again from the start as long as others outrun it.
     *
     * @param work writes it in the bucket that it is given, and has no other effect
     */
    ConditionalWriteResult atOnce(Function<FileBucket, ConditionalWriteResult> work) {
        return database.smilodon()
                .transaction(
                        transaction -> {
                            Database inside = transaction.database(database.name());
                            ConditionalWriteResult result =
                                    work.apply(new FileBucket(inside, name));
                            return result.outcome() == Outcome.PRECONDITION_FAILED
                                    ? result
                                    : committed(result, transaction.commit());
                        });
    }

    private static ConditionalWriteResult committed(ConditionalWriteResult result, long version) {
        return new ConditionalWriteResult(
                result.outcome(),
                result.document().map(now -> new VersionedDocument(now.document(), version)));
    }

    /** Does what nobody else does in this bucket at the time. */
    <T> T alone(Supplier<T> work) {
        int number = Math.floorMod(files().namespace().hashCode(), LOCK_COUNT);
        LOCKS[number].lock();
        try {
            return work.get();
        } finally {
            LOCKS[number].unlock();
        }
    }
}

package io.smilodon.database.files;

import io.smilodon.database.ConditionalWriteResult;
import io.smilodon.database.ConditionalWriteResult.Outcome;
import io.smilodon.database.VersionedDocument;
import io.smilodon.database.WriteError;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Precondition;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.OperationScope;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes the bytes of a new file, of which it holds little more than 1 MiB. They are stored under an
 * id of their own until {@link #finish} makes a file of them; closed before that, it removes them.
 * One thread.
 */
public final class FileUpload extends OutputStream {

    /** The size of a chunk but the last, as drivers have it. */
    public static final int CHUNK_BYTES = 255 << 10;

    /** How much takes the place of another file in one transaction, which holds it in memory. */
    static final int AT_ONCE_BYTES_MAX = 32 << 20;

    /** How many chunks it removes of what was there. */
    static final int AT_ONCE_CHUNKS_MAX = 1 << 10;

    private static final byte GENERIC = 0;
    private static final String UPLOAD_DATE = "uploadDate";

    private final FileBucket bucket;
    private final long bytesMax;
    private final ObjectId stagedId = ObjectId.next();
    private final List<Document> batch = new ArrayList<>();
    private byte[] chunk = new byte[CHUNK_BYTES];
    private int filled;
    private long length;
    private boolean hasStored;
    private Optional<Value> movedTo = Optional.empty();
    private boolean isFinished;

    FileUpload(FileBucket bucket, long bytesMax) {
        this.bucket = bucket;
        this.bytesMax = bytesMax;
    }

    /** How many bytes it has taken. */
    public long length() {
        return length;
    }

    @Override
    public void write(int single) {
        write(new byte[] {(byte) single}, 0, 1);
    }

    /**
     * Takes bytes.
     *
     * @throws SmilodonException {@code BSONObjectTooLarge} if the file is larger than it may be
     */
    @Override
    public void write(byte[] bytes, int offset, int count) {
        if (count > bytesMax - length) {
            throw new SmilodonException(
                    ErrorCode.OBJECT_TOO_LARGE,
                    "The file is too large",
                    Map.of("maximum", bytesMax));
        }
        int taken = 0;
        while (taken < count) {
            int part = Math.min(count - taken, CHUNK_BYTES - filled);
            System.arraycopy(bytes, offset + taken, chunk, filled, part);
            taken += part;
            filled += part;
            length += part;
            if (filled == CHUNK_BYTES) {
                addChunk(chunk);
                chunk = new byte[CHUNK_BYTES];
            }
        }
    }

    private void addChunk(byte[] data) {
        int number = (int) ((length - 1) / CHUNK_BYTES);
        batch.add(
                Document.builder()
                        .put("_id", ObjectId.next())
                        .put(FileBucket.FILE_ID, stagedId)
                        .put(FileBucket.NUMBER, number)
                        .put(FileBucket.DATA, new BinaryValue(GENERIC, data))
                        .build());
        filled = 0;
        if (batch.size() == FileBucket.BATCH_COUNT) {
            store();
        }
    }

    private void store() {
        OperationScope.checkCurrent();
        if (batch.isEmpty()) {
            return;
        }
        hasStored = true;
        List<WriteError> errors = bucket.chunks().insertMany(batch, true).writeErrors();
        if (!errors.isEmpty()) {
            WriteError first = errors.getFirst();
            throw new SmilodonException(first.code(), first.message());
        }
        batch.clear();
    }

    /**
     * Makes a file of what has been written. One of up to 32 MiB takes the place of another, of up
     * to 1,024 chunks, in one step; a larger one in many, between which there is none of this id.
     *
     * @param id its id; a new one unless given
     * @param fields what its document has beside the size and the time: {@code filename}, {@code
     *     metadata}
     * @param only what the file that is there by now under this id must be like; it is replaced
     * @return the file, or why there is none
     */
    public ConditionalWriteResult finish(Optional<Value> id, Document fields, Precondition only) {
        if (filled > 0) {
            addChunk(Arrays.copyOf(chunk, filled));
        }
        store();
        ConditionalWriteResult result =
                id.isPresent()
                        ? bucket.alone(() -> put(id.get(), fields, only))
                        : insert(bucket, stagedId, fields, Optional.empty());
        isFinished = result.outcome() != Outcome.PRECONDITION_FAILED;
        return result;
    }

    private ConditionalWriteResult put(Value id, Document fields, Precondition only) {
        return bucket.isInTransaction() || !fitsTransaction(id)
                ? put(bucket, id, fields, only)
                : bucket.atOnce(inside -> put(inside, id, fields, only));
    }

    private boolean fitsTransaction(Value id) {
        return length <= AT_ONCE_BYTES_MAX && !bucket.hasMoreChunks(id, AT_ONCE_CHUNKS_MAX);
    }

    private ConditionalWriteResult put(
            FileBucket place, Value id, Document fields, Precondition only) {
        Optional<VersionedDocument> old = place.find(id);
        if (!only.holds(VersionedDocument.versionOf(old))) {
            return new ConditionalWriteResult(Outcome.PRECONDITION_FAILED, old);
        }
        if (!place.isInTransaction()) { // others see each step: no file is there without its bytes
            movedTo = Optional.of(id);
            place.files().deleteById(id, Precondition.NONE);
        }
        place.deleteChunks(id);
        moveChunks(place, id);
        ConditionalWriteResult written = insert(place, id, fields, old);
        return old.isPresent()
                ? new ConditionalWriteResult(Outcome.REPLACED, written.document())
                : written;
    }

    private void moveChunks(FileBucket place, Value id) {
        Document moved = Document.of("$set", Document.of(FileBucket.FILE_ID, id));
        for (long first = 0; first * CHUNK_BYTES < length; first += FileBucket.BATCH_COUNT) {
            long last = first + FileBucket.BATCH_COUNT - 1;
            place.chunks().updateMany(FileBucket.chunksOf(stagedId, first, last), moved);
        }
    }

    private ConditionalWriteResult insert(
            FileBucket place, Value id, Document fields, Optional<VersionedDocument> old) {
        Document file =
                Document.builder()
                        .put("_id", id)
                        .put(FileBucket.LENGTH, length)
                        .put(FileBucket.CHUNK_SIZE, CHUNK_BYTES)
                        .put(UPLOAD_DATE, now(old))
                        .putAll(fields)
                        .build();
        return place.files().replaceById(id, file, Precondition.NONE);
    }

    /** Never that of the old file: a document that stays the same keeps its version. */
    private static Value now(Optional<VersionedDocument> old) {
        long millis = System.currentTimeMillis();
        Value now = new DateValue(millis);
        boolean isSame =
                old.filter(each -> each.document().get(UPLOAD_DATE).equals(now)).isPresent();
        return isSame ? new DateValue(millis + 1) : now;
    }

    /** Removes what was written, unless it has become a file. */
    @Override
    public void close() {
        if (hasStored && !isFinished) {
            bucket.deleteChunks(stagedId);
            movedTo.ifPresent(this::deleteMoved);
        }
    }

    private void deleteMoved(Value id) {
        bucket.alone(
                () -> {
                    if (bucket.find(id).isEmpty()) {
                        bucket.deleteChunks(id);
                    }
                    return id;
                });
    }
}

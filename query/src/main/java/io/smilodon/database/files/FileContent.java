package io.smilodon.database.files;

import io.smilodon.database.DocumentCursor;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.query.exec.OperationScope;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** Bytes of a file, to be sent once, a chunk at a time. One thread. */
public final class FileContent implements AutoCloseable {

    private final DocumentCursor chunks;
    private final int chunkSize;
    private final long to;
    private long position;
    private byte[] data;

    /**
     * Reads the first chunk, so that what is wrong with it is known before anything is sent.
     *
     * @param chunks from the one with the first byte on, by number
     * @throws SmilodonException {@code OperationFailed} if it is missing or too short
     */
    FileContent(DocumentCursor chunks, int chunkSize, long from, long to) {
        this.chunks = chunks;
        this.chunkSize = chunkSize;
        this.position = from;
        this.to = to;
        this.data = from < to ? next() : new byte[0];
    }

    /** How many bytes there are to be sent. */
    public long length() {
        return to - position;
    }

    /**
     * Sends them.
     *
     * @throws SmilodonException {@code OperationFailed} if a chunk is missing or too short
     */
    public void send(OutputStream output) throws IOException {
        while (position < to) {
            OperationScope.checkCurrent();
            int start = (int) (position % chunkSize);
            long end = Math.min(data.length, start + (to - position));
            output.write(data, start, (int) (end - start));
            position += end - start;
            if (position < to) {
                data = next();
            }
        }
    }

    private byte[] next() {
        long number = position / chunkSize;
        long lengthMin = Math.min(chunkSize, to - number * chunkSize);
        if (chunks.hasNext()) {
            Document chunk = chunks.next();
            if (chunk.get(FileBucket.NUMBER) instanceof NumberValue found
                    && found.toLong() == number
                    && chunk.get(FileBucket.DATA) instanceof BinaryValue binary
                    && binary.bytes().length >= lengthMin
                    && binary.bytes().length <= chunkSize) {
                return binary.bytes();
            }
        }
        throw new SmilodonException(
                ErrorCode.OPERATION_FAILED,
                "A chunk of the file is missing or too short",
                Map.of(FileBucket.NUMBER, number));
    }

    @Override
    public void close() {
        chunks.close();
    }
}

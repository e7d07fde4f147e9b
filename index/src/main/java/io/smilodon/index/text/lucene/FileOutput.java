package io.smilodon.index.text.lucene;

import io.smilodon.engine.file.StorageFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.OutputStreamIndexOutput;

/**
 * Writes a file from its beginning to its end. The file stays open: it is made durable later. Not
 * thread-safe.
 */
final class FileOutput extends OutputStream {

    private static final int BUFFER_BYTES = 16 << 10;

    private final StorageFile file;
    private long position;

    private FileOutput(StorageFile file) {
        this.file = file;
    }

    static IndexOutput of(String name, StorageFile file) {
        return new OutputStreamIndexOutput(name, name, new FileOutput(file), BUFFER_BYTES);
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        file.writeFully(ByteBuffer.wrap(bytes, from, length), position);
        position += length;
    }
}

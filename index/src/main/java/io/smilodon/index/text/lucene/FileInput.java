package io.smilodon.index.text.lucene;

import io.smilodon.engine.file.StorageFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.lucene.store.BufferedIndexInput;
import org.apache.lucene.store.IndexInput;

/** Reads a file, or a part of it; copies share the file. As thread-safe as Lucene's inputs. */
final class FileInput extends BufferedIndexInput {

    private final StorageFile file;
    private final long start;
    private final long end;
    private final boolean isOwner;

    FileInput(String name, StorageFile file, int bufferBytes) throws IOException {
        this(name, file, new Part(0, file.length(), true), bufferBytes);
    }

    /** Bytes of the file; whoever owns it closes it. */
    private record Part(long start, long end, boolean isOwner) {}

    private FileInput(String name, StorageFile file, Part part, int bufferBytes) {
        super(name, bufferBytes);
        this.file = file;
        this.start = part.start();
        this.end = part.end();
        this.isOwner = part.isOwner();
    }

    @Override
    protected void readInternal(ByteBuffer target) throws IOException {
        long from = start + getFilePointer();
        if (from + target.remaining() > end) {
            throw new EOFException("read past the end of " + this);
        }
        file.readFully(target, from);
    }

    @Override
    protected void seekInternal(long position) throws IOException {
        if (position > length()) {
            throw new EOFException("seek past the end of " + this);
        }
    }

    @Override
    public long length() {
        return end - start;
    }

    @Override
    public FileInput clone() {
        FileInput copy = new FileInput(toString(), file, copied(), getBufferSize());
        copy.seekUnchecked(getFilePointer());
        return copy;
    }

    private Part copied() {
        return new Part(start, end, false);
    }

    private void seekUnchecked(long position) {
        try {
            seek(position);
        } catch (IOException impossible) {
            throw new AssertionError("the position of the original", impossible);
        }
    }

    @Override
    public IndexInput slice(String name, long offset, long length) {
        if (offset < 0 || length < 0 || offset + length > length()) {
            throw new IllegalArgumentException("slice outside of " + this + ": " + name);
        }
        Part part = new Part(start + offset, start + offset + length, false);
        return new FileInput(getFullSliceDescription(name), file, part, getBufferSize());
    }

    @Override
    public void close() throws IOException {
        if (isOwner) {
            file.close();
        }
    }
}

package io.smilodon.engine.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A file that this process writes. An interrupt inside a channel's call closes the channel for
 * every thread, which is why writing, cutting and syncing go past it; reading is for threads that
 * are never interrupted. {@link #sync} is {@code fsync}: in bytes that were written before it costs
 * no more than {@code fdatasync}, which Java has on channels only.
 */
final class ChannelFile implements StorageFile {

    private final RandomAccessFile file;
    private final FileChannel channel;

    /** Where the next write goes without being told. */
    private long pointer;

    ChannelFile(RandomAccessFile file) {
        this.file = file;
        this.channel = file.getChannel();
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return channel.read(target, position);
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        if (position != pointer) {
            file.seek(position);
        }
        Failpoint.hit("file.beforeWrite");
        pointer = -1;
        int count = source.remaining();
        file.write(source.array(), source.arrayOffset() + source.position(), count);
        Failpoint.pass("file.written");
        source.position(source.limit());
        pointer = position + count;
        return count;
    }

    @Override
    public long length() throws IOException {
        return file.length();
    }

    @Override
    public void truncate(long length) throws IOException {
        Failpoint.hit("file.beforeCut");
        pointer = -1;
        if (length < file.length()) {
            file.setLength(length);
        }
        Failpoint.pass("file.cut");
    }

    @Override
    public void sync() throws IOException {
        Failpoint.hit("file.beforeSync");
        file.getFD().sync();
        Failpoint.pass("file.synced");
    }

    @Override
    public void close() throws IOException {
        Failpoint.pass("file.beforeClose");
        file.close();
        Failpoint.pass("file.closed");
    }
}

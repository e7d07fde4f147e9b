package io.smilodon.engine.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A file that this process writes. Only threads that are never interrupted may use it: an interrupt
 * inside a channel's call closes the channel for every thread.
 */
final class ChannelFile implements StorageFile {

    private final FileChannel channel;

    ChannelFile(FileChannel channel) {
        this.channel = channel;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return channel.read(target, position);
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        Failpoint.hit("file.beforeWrite");
        int count = channel.write(source, position);
        Failpoint.pass("file.written");
        return count;
    }

    @Override
    public long length() throws IOException {
        return channel.size();
    }

    @Override
    public void truncate(long length) throws IOException {
        Failpoint.hit("file.beforeCut");
        channel.truncate(length);
        Failpoint.pass("file.cut");
    }

    @Override
    public void sync() throws IOException {
        Failpoint.hit("file.beforeSync");
        channel.force(false); // fdatasync: the length goes along where reading needs it
        Failpoint.pass("file.synced");
    }

    @Override
    public void close() throws IOException {
        Failpoint.pass("file.beforeClose");
        channel.close();
        Failpoint.pass("file.closed");
    }
}

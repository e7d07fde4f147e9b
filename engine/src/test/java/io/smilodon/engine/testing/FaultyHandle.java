package io.smilodon.engine.testing;

import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.testing.FaultRule.Fault;
import io.smilodon.engine.testing.FaultRule.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** An open file of a {@link FaultyDirectory}, whose lock guards it. */
final class FaultyHandle implements StorageFile {

    private final FaultyDirectory directory;
    private final String name;
    private final FaultyFile file;
    private boolean isClosed;

    /** Made under the directory's lock. */
    FaultyHandle(FaultyDirectory directory, String name, FaultyFile file) {
        this.directory = directory;
        this.name = name;
        this.file = file;
        directory.opened();
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        synchronized (directory) {
            Optional<Fault> fault = fault(Operation.READ);
            throwIfError(fault);
            boolean isStale = fault.filter(Fault.STALE_READ::equals).isPresent();
            int start = target.position();
            int count = (isStale ? file.durable() : file.current()).read(target, position);
            if (count > 0 && fault.filter(Fault.BIT_FLIP::equals).isPresent()) {
                int at = start + count / 2;
                target.put(at, (byte) (target.get(at) ^ 1 << position % 8));
            }
            return count;
        }
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        synchronized (directory) {
            Optional<Fault> fault = fault(Operation.WRITE);
            if (fault.filter(Fault.INPUT_OUTPUT_ERROR::equals).isPresent()) {
                throw new IOException(Fault.INPUT_OUTPUT_ERROR.message());
            }
            boolean stops = directory.count();
            byte[] bytes = taken(source, fault);
            if (fault.filter(Fault.IGNORED::equals).isEmpty()) {
                long shift = fault.filter(Fault.MISDIRECTED_WRITE::equals).isPresent() ? 1 : 0;
                file.write(directory.operations(), position + shift * Sectors.BYTES, bytes);
            }
            directory.finish(stops);
            throwIfError(fault);
            return bytes.length;
        }
    }

    /** The bytes that this write gets done. */
    private static byte[] taken(ByteBuffer source, Optional<Fault> fault) {
        boolean isShort =
                fault.filter(found -> found.isError() || found == Fault.SHORT_WRITE)
                        .filter(found -> found != Fault.LATE_ERROR)
                        .isPresent();
        byte[] bytes = new byte[isShort ? (source.remaining() + 1) / 2 : source.remaining()];
        source.get(bytes);
        if (bytes.length > 0 && fault.filter(Fault.BIT_FLIP::equals).isPresent()) {
            bytes[bytes.length / 2] ^= 1;
        }
        return bytes;
    }

    private Optional<Fault> fault(Operation operation) throws IOException {
        directory.requireRunning();
        if (isClosed) {
            throw new IOException("the file is closed: " + name);
        }
        return directory.rules().fault(operation, name);
    }

    private static void throwIfError(Optional<Fault> fault) throws IOException {
        Optional<Fault> error = fault.filter(Fault::isError);
        if (error.isPresent()) {
            throw new IOException(error.get().message());
        }
    }

    @Override
    public long length() throws IOException {
        synchronized (directory) {
            directory.requireRunning();
            return file.current().length();
        }
    }

    @Override
    public void truncate(long length) throws IOException {
        synchronized (directory) {
            throwIfError(fault(Operation.TRUNCATE));
            boolean stops = directory.count();
            file.truncate(directory.operations(), length);
            directory.finish(stops);
        }
    }

    @Override
    public void sync() throws IOException {
        synchronized (directory) {
            directory.requireRunning();
            directory.finish(directory.count());
            directory.synced();
            Optional<Fault> fault = fault(Operation.SYNC);
            if (fault.filter(Fault::isError).isPresent()) {
                file.loseSync();
            }
            throwIfError(fault);
            if (fault.isEmpty()) {
                file.sync();
                directory.announce();
            }
        }
    }

    @Override
    public void close() {
        synchronized (directory) {
            if (!isClosed) {
                isClosed = true;
                directory.closed();
            }
        }
    }
}

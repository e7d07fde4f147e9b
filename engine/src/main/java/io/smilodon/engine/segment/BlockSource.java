package io.smilodon.engine.segment;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.Checksum;
import io.smilodon.engine.file.Corruption;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.MalformedBytesException;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.manifest.SegmentFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/** Reads the parts of a segment's file and checks each. Thread-safe. */
final class BlockSource {

    private final SegmentFile file;
    private final StorageFile storage;
    private final BlockCodec codec;

    BlockSource(SegmentFile file, StorageFile storage, FileHeader header) {
        this(file, storage, new BlockCodec(header));
    }

    private BlockSource(SegmentFile file, StorageFile storage, BlockCodec codec) {
        this.file = file;
        this.storage = storage;
        this.codec = codec;
    }

    /** The same, read from another handle of the file. */
    BlockSource through(StorageFile other) {
        return new BlockSource(file, other, codec);
    }

    SegmentFooter readFooter() {
        long start = file.bytes() - SegmentFooter.BYTES;
        if (start < FileHeader.BYTES) {
            throw Corruption.at(file.name(), 0, "a file without a footer");
        }
        byte[] bytes = read(start, SegmentFooter.BYTES);
        if (Checksum.of(bytes) != file.footerCrc()) {
            throw Corruption.at(file.name(), start, "a footer that the manifest does not know");
        }
        try {
            return SegmentFooter.decode(bytes);
        } catch (MalformedBytesException malformed) {
            throw Corruption.at(file.name(), start, malformed.getMessage());
        }
    }

    SegmentTables readTables(SegmentFooter footer) {
        return new SegmentTables(readIndex(footer), readFilter(footer));
    }

    private BlockIndex readIndex(SegmentFooter footer) {
        byte[] content =
                content(SegmentWriter.INDEX_BLOCK, footer.indexStart(), footer.indexLength());
        try {
            return BlockIndex.decode(content);
        } catch (MalformedBytesException malformed) {
            throw Corruption.at(file.name(), footer.indexStart(), malformed.getMessage());
        }
    }

    private BloomFilter readFilter(SegmentFooter footer) {
        byte[] content =
                content(SegmentWriter.FILTER_BLOCK, footer.filterStart(), footer.filterLength());
        try {
            return BloomFilter.decode(content);
        } catch (MalformedBytesException malformed) {
            throw Corruption.at(file.name(), footer.filterStart(), malformed.getMessage());
        }
    }

    Block readBlock(int number, long start, int length) {
        try {
            BlockCodec.Content content = open(number, start, length);
            return new Block(content.bytes(), content.start(), content.end());
        } catch (IndexOutOfBoundsException malformed) {
            throw Corruption.at(file.name(), start, "a malformed block: " + malformed);
        }
    }

    private byte[] content(int number, long start, int length) {
        return open(number, start, length).alone();
    }

    private void requireInside(long start, int length) {
        if (start < FileHeader.BYTES || length < 0 || start + length > file.bytes()) {
            throw Corruption.at(file.name(), start, "a block outside of the file");
        }
    }

    private BlockCodec.Content open(int number, long start, int length) {
        requireInside(start, length);
        try {
            return codec.open(number, read(start, length));
        } catch (MalformedBytesException malformed) {
            throw Corruption.at(file.name(), start, malformed.getMessage());
        }
    }

    private byte[] read(long start, int length) {
        byte[] bytes = new byte[length];
        read(start, ByteBuffer.wrap(bytes));
        return bytes;
    }

    private void read(long start, ByteBuffer target) {
        try {
            storage.readFully(target, start);
        } catch (EOFException tooShort) {
            throw Corruption.at(file.name(), start, "the end of the file");
        } catch (IOException failure) {
            throw new SmilodonException(
                    ErrorCode.INTERNAL_ERROR,
                    "A file could not be read",
                    Map.of("file", file.name(), "offset", start, "cause", failure.toString()),
                    failure);
        }
    }

    /**
     * Reads blocks that lie one behind the other, several at a time, in memory that is used again.
     * Not thread-safe.
     */
    final class Walk {

        private byte[] stored = new byte[SegmentWriter.BUFFER_BYTES];
        private byte[] content = new byte[2 * SegmentWriter.BLOCK_BYTES];

        /** Where in the file the bytes are from, and where they end. */
        private long from;

        private long to;

        /**
         * A data block, valid until the next one is asked for.
         *
         * @throws SmilodonException as {@link #readBlock} does
         */
        Block block(int number, long start, int length) {
            requireInside(start, length);
            if (start < from || start + length > to) {
                fetch(start, length);
            }
            int at = (int) (start - from);
            BlockCodec.Content bytes = new BlockCodec.Content(stored, at, at + length);
            try {
                BlockCodec.Content open = codec.open(number, bytes, this::room);
                return new Block(open.bytes(), open.start(), open.end());
            } catch (MalformedBytesException malformed) {
                throw Corruption.at(file.name(), start, malformed.getMessage());
            } catch (IndexOutOfBoundsException malformed) {
                throw Corruption.at(file.name(), start, "a malformed block: " + malformed);
            }
        }

        private void fetch(long start, int length) {
            if (length > stored.length) {
                stored = new byte[length];
            }
            int count = (int) Math.min(stored.length, file.bytes() - start);
            to = start; // nothing, if it cannot be read
            read(start, ByteBuffer.wrap(stored, 0, count));
            from = start;
            to = start + count;
        }

        private byte[] room(int length) {
            if (length > content.length) {
                content = new byte[length];
            }
            return content;
        }
    }

    void close() throws IOException {
        storage.close();
    }
}

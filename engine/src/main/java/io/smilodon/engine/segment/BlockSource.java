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

    BlockIndex readIndex(SegmentFooter footer) {
        byte[] content =
                content(SegmentWriter.INDEX_BLOCK, footer.indexStart(), footer.indexLength());
        try {
            return BlockIndex.decode(content);
        } catch (MalformedBytesException malformed) {
            throw Corruption.at(file.name(), footer.indexStart(), malformed.getMessage());
        }
    }

    BloomFilter readFilter(SegmentFooter footer) {
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

    private BlockCodec.Content open(int number, long start, int length) {
        if (start < FileHeader.BYTES || length < 0 || start + length > file.bytes()) {
            throw Corruption.at(file.name(), start, "a block outside of the file");
        }
        try {
            return codec.open(number, read(start, length));
        } catch (MalformedBytesException malformed) {
            throw Corruption.at(file.name(), start, malformed.getMessage());
        }
    }

    private byte[] read(long start, int length) {
        byte[] bytes = new byte[length];
        try {
            storage.readFully(ByteBuffer.wrap(bytes), start);
        } catch (EOFException tooShort) {
            throw Corruption.at(file.name(), start, "the end of the file");
        } catch (IOException failure) {
            throw new SmilodonException(
                    ErrorCode.INTERNAL_ERROR,
                    "A file could not be read",
                    Map.of("file", file.name(), "offset", start, "cause", failure.toString()),
                    failure);
        }
        return bytes;
    }

    void close() throws IOException {
        storage.close();
    }
}

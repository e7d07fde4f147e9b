package io.smilodon.engine.segment;

import io.smilodon.engine.Limits;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Finds blocks without their index, which alone knows their lengths: a block ends where its
 * checksum comes out right. Not thread-safe.
 */
final class BlockWalk {

    /** No block's content is longer: one entry with the longest key and value, and the restarts. */
    private static final int CONTENT_BYTES_MAX =
            Limits.VALUE_BYTES_MAX + Limits.KEY_BYTES_MAX + SegmentWriter.BLOCK_BYTES + 1024;

    private static final int HEAD_BYTES = 5;

    private final StorageFile file;
    private final BlockCodec codec;
    private final long end;

    BlockWalk(StorageFile file, BlockCodec codec, long end) {
        this.file = file;
        this.codec = codec;
        this.end = end;
    }

    static long firstStart() {
        return FileHeader.BYTES;
    }

    /** The block of this number, if it stands here undamaged. */
    Optional<BlockPlace> at(int number, long start) throws IOException {
        if (start + BlockCodec.OVERHEAD_BYTES > end) {
            return Optional.empty();
        }
        byte[] head = new byte[HEAD_BYTES];
        file.readFully(ByteBuffer.wrap(head), start);
        int contentLength = ByteBuffer.wrap(head, 1, Integer.BYTES).getInt();
        if (contentLength <= 0 || contentLength > CONTENT_BYTES_MAX) {
            return Optional.empty();
        }
        int longest = (int) Math.min(contentLength + BlockCodec.OVERHEAD_BYTES, end - start);
        byte[] bytes = new byte[longest];
        file.readFully(ByteBuffer.wrap(bytes), start);
        return codec.storedLength(number, bytes).stream()
                .mapToObj(length -> new BlockPlace(number, start, length))
                .findFirst();
    }
}

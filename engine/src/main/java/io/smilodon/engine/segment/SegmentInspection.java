package io.smilodon.engine.segment;

import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.Checksum;
import io.smilodon.engine.file.Corruption;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.MalformedBytesException;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.manifest.SegmentFile;
import io.smilodon.engine.segment.SegmentDamage.KeySpan;
import io.smilodon.engine.segment.SegmentDamage.Part;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads every part of a segment's file, goes on past what is damaged, and knows afterwards what is
 * wrong and what can still be read. Where the index is lost, blocks are found by their checksums.
 * For checking and for salvage; {@link Segment} is for use. Not thread-safe.
 */
public final class SegmentInspection {

    private final StorageFile file;
    private final String name;
    private final long length;
    private final List<SegmentDamage> damages = new ArrayList<>();
    private final List<BlockPlace> good = new ArrayList<>();
    private Optional<BlockCodec> codec = Optional.empty();
    private Optional<SegmentFooter> footer = Optional.empty();
    private Optional<BlockIndex> index = Optional.empty();
    private Optional<BloomFilter> filter = Optional.empty();
    private long entries;
    private byte[] firstKey = {};
    private byte[] lastKey = {};

    private SegmentInspection(StorageFile file, String name) throws IOException {
        this.file = file;
        this.name = name;
        this.length = file.length();
    }

    /**
     * Reads a file of which the manifest tells.
     *
     * @param header the header that it must have
     */
    public static SegmentInspection of(StorageFile file, SegmentFile known, FileHeader header)
            throws IOException {
        SegmentInspection inspection = new SegmentInspection(file, known.name());
        inspection.checkHeader(header);
        if (inspection.length != known.bytes()) {
            inspection.damaged(
                    Part.FILE, inspection.length, "a length other than " + known.bytes());
        }
        inspection.codec = Optional.of(new BlockCodec(header));
        inspection.readFooter(Optional.of(known));
        inspection.readAll();
        return inspection;
    }

    /** Reads a file of which nothing is known but its name. */
    public static SegmentInspection of(StorageFile file, String name) throws IOException {
        SegmentInspection inspection = new SegmentInspection(file, name);
        try {
            FileHeader header = FileHeader.read(file, name, FileKind.SEGMENT);
            inspection.codec = Optional.of(new BlockCodec(header));
            inspection.readFooter(Optional.empty());
            inspection.readAll();
        } catch (SmilodonException unusable) {
            inspection.damages.add(
                    new SegmentDamage(
                            Part.HEADER,
                            0,
                            FileHeader.BYTES,
                            found(unusable),
                            Optional.of(KeySpan.ALL)));
        }
        return inspection;
    }

    /** The newest commit in a segment; {@link Long#MAX_VALUE} if its footer is damaged. */
    public static long newestSequence(StorageFile storage) throws IOException {
        long start = storage.length() - SegmentFooter.BYTES;
        if (start < FileHeader.BYTES) {
            return Long.MAX_VALUE;
        }
        ByteBuffer bytes = ByteBuffer.allocate(SegmentFooter.BYTES);
        storage.readFully(bytes, start);
        try {
            return SegmentFooter.decode(bytes.array()).maxSequence();
        } catch (MalformedBytesException damaged) {
            return Long.MAX_VALUE;
        }
    }

    private void checkHeader(FileHeader expected) throws IOException {
        try {
            FileHeader.read(file, name, FileKind.SEGMENT).require(name, expected);
        } catch (SmilodonException unusable) {
            damaged(Part.HEADER, 0, found(unusable));
        }
    }

    private static String found(SmilodonException failure) {
        return String.valueOf(failure.details().getOrDefault("found", failure.getMessage()));
    }

    private void readFooter(Optional<SegmentFile> known) {
        long start = length - SegmentFooter.BYTES;
        if (start < FileHeader.BYTES) {
            damaged(Part.FOOTER, Math.max(start, 0), "a file without a footer");
            return;
        }
        try {
            byte[] bytes = read(start, SegmentFooter.BYTES);
            if (known.isPresent() && Checksum.of(bytes) != known.get().footerCrc()) {
                damaged(Part.FOOTER, start, "a footer that the manifest does not know");
            }
            footer = Optional.of(SegmentFooter.decode(bytes));
        } catch (MalformedBytesException malformed) {
            damaged(Part.FOOTER, start, malformed.getMessage());
        }
    }

    private void readAll() throws IOException {
        if (footer.isPresent()) {
            SegmentFooter known = footer.get();
            index =
                    block(Part.INDEX_BLOCK, known.indexStart(), known.indexLength())
                            .flatMap(content -> decodedIndex(content, known.indexStart()));
            filter =
                    block(Part.FILTER_BLOCK, known.filterStart(), known.filterLength())
                            .flatMap(content -> decodedFilter(content, known.filterStart()));
        }
        BlockCheck check = new BlockCheck(footer, filter);
        if (index.isPresent()) {
            readIndexed(index.get(), check);
        } else {
            walk(check);
        }
        entries = check.entries();
        lastKey = index.map(BlockIndex::lastKey).orElse(check.lastKey());
        if (footer.isPresent() && damages.isEmpty()) {
            checkWhole(footer.get());
        }
    }

    private Optional<byte[]> block(Part part, long start, int stored) {
        int number =
                part == Part.INDEX_BLOCK ? SegmentWriter.INDEX_BLOCK : SegmentWriter.FILTER_BLOCK;
        if (start < FileHeader.BYTES || stored < 0 || start + stored > length) {
            damaged(part, Math.max(start, 0), "a block outside of the file");
            return Optional.empty();
        }
        try {
            return Optional.of(codec.orElseThrow().load(number, read(start, stored)));
        } catch (MalformedBytesException malformed) {
            damages.add(
                    new SegmentDamage(
                            part, start, stored, malformed.getMessage(), Optional.empty()));
            return Optional.empty();
        }
    }

    private Optional<BlockIndex> decodedIndex(byte[] content, long start) {
        try {
            return Optional.of(BlockIndex.decode(content));
        } catch (MalformedBytesException malformed) {
            damaged(Part.INDEX_BLOCK, start, malformed.getMessage());
            return Optional.empty();
        }
    }

    private Optional<BloomFilter> decodedFilter(byte[] content, long start) {
        try {
            return Optional.of(BloomFilter.decode(content));
        } catch (MalformedBytesException malformed) {
            damaged(Part.FILTER_BLOCK, start, malformed.getMessage());
            return Optional.empty();
        }
    }

    private void readIndexed(BlockIndex blocks, BlockCheck check) {
        firstKey = blocks.firstKey();
        for (int number = 0; number < blocks.count(); number++) {
            byte[] after = number == 0 ? new byte[0] : blocks.lastKey(number - 1);
            KeySpan span = new KeySpan(after, blocks.lastKey(number));
            BlockPlace place =
                    new BlockPlace(number, blocks.start(number), blocks.storedLength(number));
            if (readBlock(place, span, check)
                    && !Arrays.equals(check.lastKey(), blocks.lastKey(number))) {
                damaged(Part.INDEX_BLOCK, place.start(), "a last key that its block does not have");
            }
        }
    }

    /** Whether the block is good. */
    private boolean readBlock(BlockPlace place, KeySpan span, BlockCheck check) {
        Optional<String> wrong;
        try {
            wrong = check.take(content(place));
        } catch (MalformedBytesException malformed) {
            wrong = Optional.of(malformed.getMessage());
        }
        if (wrong.isPresent()) {
            damages.add(
                    new SegmentDamage(
                            Part.DATA_BLOCK,
                            place.start(),
                            place.length(),
                            wrong.get(),
                            Optional.of(span)));
            return false;
        }
        good.add(place);
        return true;
    }

    /** Goes from block to block by their checksums; the first that is bad ends it. */
    private void walk(BlockCheck check) throws IOException {
        long end = footer.map(SegmentFooter::indexStart).orElse(length);
        BlockWalk walk = new BlockWalk(file, codec.orElseThrow(), length);
        long start = BlockWalk.firstStart();
        Optional<BlockPlace> next = walk.at(0, start);
        while (next.isPresent() && start < end) {
            BlockPlace place = next.get();
            readBlock(place, new KeySpan(check.lastKey(), new byte[0]), check);
            start = place.start() + place.length();
            next = walk.at(place.number() + 1, start);
        }
        boolean isAll =
                footer.isPresent()
                        ? start == end
                        : walk.at(SegmentWriter.INDEX_BLOCK, start).isPresent();
        if (!isAll) {
            damages.add(
                    new SegmentDamage(
                            Part.FILE,
                            start,
                            Math.max(end, start) - start,
                            "no block stands here, and no index tells where the next one does",
                            Optional.of(new KeySpan(check.lastKey(), new byte[0]))));
        }
    }

    /** What only the footer can tell: that nothing is missing, and that no byte has changed. */
    private void checkWhole(SegmentFooter known) {
        if (entries != known.entries()) {
            damaged(Part.FOOTER, length, "a footer that counts " + known.entries() + " entries");
        }
        List<BlockPlace> blocks = new ArrayList<>(good);
        blocks.add(
                new BlockPlace(SegmentWriter.INDEX_BLOCK, known.indexStart(), known.indexLength()));
        blocks.add(
                new BlockPlace(
                        SegmentWriter.FILTER_BLOCK, known.filterStart(), known.filterLength()));
        try {
            if (!isGapless(blocks) || !Arrays.equals(digest(blocks), known.digest())) {
                damaged(Part.DIGEST, 0, "a file unlike the digest in its footer");
            }
        } catch (MalformedBytesException unreadable) {
            damaged(Part.DIGEST, 0, unreadable.getMessage());
        }
    }

    /** Whether one block begins where another ends, from the header to the footer. */
    private boolean isGapless(List<BlockPlace> blocks) {
        long end = FileHeader.BYTES;
        for (BlockPlace place : blocks) {
            if (place.start() != end) {
                return false;
            }
            end = place.start() + place.length();
        }
        return end == length - SegmentFooter.BYTES;
    }

    /** As the writer makes it: of the header and of each block's checksum. */
    private byte[] digest(List<BlockPlace> blocks) {
        MessageDigest digest = SegmentWriter.sha256();
        digest.update(read(0, FileHeader.BYTES));
        for (BlockPlace place : blocks) {
            digest.update(read(place.start() + place.length() - Integer.BYTES, Integer.BYTES));
        }
        return digest.digest();
    }

    private byte[] content(BlockPlace place) {
        boolean isInside =
                place.start() >= FileHeader.BYTES
                        && place.length() >= 0
                        && place.start() + place.length() <= length;
        if (!isInside) {
            throw new MalformedBytesException("a block outside of the file");
        }
        return codec.orElseThrow().load(place.number(), read(place.start(), place.length()));
    }

    /** What the medium does not give back is damaged like what comes back changed. */
    private byte[] read(long start, int count) {
        byte[] bytes = new byte[count];
        try {
            file.readFully(ByteBuffer.wrap(bytes), start);
            return bytes;
        } catch (IOException failure) {
            throw new MalformedBytesException("cannot be read: " + failure);
        }
    }

    private void damaged(Part part, long offset, String found) {
        damages.add(new SegmentDamage(part, offset, 0, found, Optional.empty()));
    }

    /** Everything that is wrong; empty if the file is as it was written. */
    public List<SegmentDamage> damages() {
        return List.copyOf(damages);
    }

    /** Blocks of entries that can be read. */
    public int blocks() {
        return good.size();
    }

    /** Entries that can be read. */
    public long entries() {
        return entries;
    }

    /** The commits that the footer names, if it can be read. */
    public Optional<long[]> sequences() {
        return footer.map(known -> new long[] {known.minSequence(), known.maxSequence()});
    }

    /** The first key, as far as the index tells. */
    public byte[] firstKey() {
        return firstKey;
    }

    /** The last key. */
    public byte[] lastKey() {
        return lastKey;
    }

    /** All versions of all keys in good blocks, in the order of the file. */
    public EntryCursor cursor() {
        return new RescueCursor(good.iterator(), this::contentAgain);
    }

    private byte[] contentAgain(BlockPlace place) {
        try {
            return content(place);
        } catch (MalformedBytesException changed) {
            throw Corruption.at(name, place.start(), changed.getMessage());
        }
    }
}

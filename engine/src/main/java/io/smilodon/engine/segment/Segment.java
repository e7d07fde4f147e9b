package io.smilodon.engine.segment;

import io.smilodon.engine.entry.Entry;
import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.entry.VersionWalk;
import io.smilodon.engine.file.Corruption;
import io.smilodon.engine.file.Failpoint;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.manifest.SegmentFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongConsumer;
import java.util.function.ObjIntConsumer;

/**
 * An immutable sorted file of entries, open for reading; {@link SegmentWriter} describes it. The
 * checksum of every block is checked on each read from disk. Index and filter are in the cache as
 * blocks are, and are read again when they have had to leave it.
 *
 * <p>Thread-safe. Whoever uses it holds a reference; the last to let go has it closed.
 */
public final class Segment {

    private final SegmentFile file;
    private final SegmentContext context;
    private final BlockSource source;
    private final SegmentFooter footer;
    private final byte[] firstKey;
    private final byte[] lastKey;
    private final int blockCount;
    private final long keyCountMax;
    private final AtomicReferenceArray<SegmentTables> tables;
    private final AtomicReference<Optional<AskedKeys>> asked;
    private final AtomicInteger references = new AtomicInteger();

    private Segment(SegmentFile file, SegmentContext context, BlockSource source) {
        this.file = file;
        this.context = context;
        this.source = source;
        this.tables = new AtomicReferenceArray<>(1);
        this.footer = source.readFooter();
        SegmentTables read = source.readTables(footer);
        this.firstKey = read.index().firstKey();
        this.lastKey = read.index().lastKey();
        this.blockCount = read.index().count();
        this.keyCountMax = Math.min(footer.entries(), read.filter().keyCountMax());
        context.cache().add(tables, 0, read);
        this.asked = new AtomicReference<>(Optional.empty());
    }

    private Segment(Segment before, BlockSource source) {
        this.file = before.file;
        this.context = before.context;
        this.source = source;
        this.footer = before.footer;
        this.firstKey = before.firstKey;
        this.lastKey = before.lastKey;
        this.blockCount = before.blockCount;
        this.keyCountMax = before.keyCountMax;
        this.tables = before.tables;
        this.asked = before.asked;
    }

    /**
     * The same segment, with what is in memory of it, after its file has got another name. This one
     * must not be used any more.
     *
     * @param storage the file under that name
     */
    public Segment renamed(StorageFile storage) throws IOException {
        try {
            source.close();
        } catch (IOException failure) {
            storage.close();
            throw failure;
        }
        return new Segment(this, source.through(storage));
    }

    /** Index and filter, from memory if they are there. */
    SegmentTables tables() {
        SegmentTables hit = tables.getAcquire(0);
        return hit == null ? load() : hit.use();
    }

    private SegmentTables load() {
        SegmentTables read = source.readTables(footer);
        context.cache().add(tables, 0, read);
        return read;
    }

    /** Whether index and filter are in memory. */
    boolean isLoaded() {
        return tables.get(0) != null;
    }

    private void leaveCache() {
        forgetAskedKeys();
        SegmentTables last = tables.getAndSet(0, null);
        if (last != null) {
            context.cache().removeAll(last.blocks(), last.pages(), tables);
        }
    }

    /**
     * Opens a segment, which takes over the file.
     *
     * @throws io.smilodon.engine.error.SmilodonException if it is damaged or not the one that the
     *     manifest means
     */
    public static Segment open(SegmentFile file, StorageFile storage, SegmentContext context)
            throws IOException {
        FileHeader header = FileHeader.read(storage, file.name(), FileKind.SEGMENT);
        header.require(file.name(), context.header());
        Failpoint.hit("segment.headerRead");
        if (storage.length() != file.bytes()) {
            throw Corruption.at(
                    file.name(), storage.length(), "a length other than " + file.bytes());
        }
        return new Segment(file, context, new BlockSource(file, storage, header));
    }

    public SegmentFile file() {
        return file;
    }

    /** Takes what is known of its keys since it was written just now, if there is room for it. */
    public void learn(AskedKeys keys) {
        if (context.cache().reserve(keys)) {
            asked.set(Optional.of(keys));
        }
    }

    /** What it has learned of its keys. */
    public Optional<AskedKeys> askedKeys() {
        return asked.get();
    }

    /** For who has moved it to where it is not looked at with many others. */
    public void forgetAskedKeys() {
        asked.getAndSet(Optional.empty()).ifPresent(context.cache()::giveBack);
    }

    public void retain() {
        references.incrementAndGet();
    }

    public void release() {
        int left = references.decrementAndGet();
        if (left == 0) {
            leaveCache();
            context.whenUnused().accept(this);
        } else if (left < 0) {
            throw new AssertionError("released too often: " + file.name());
        }
    }

    /** Closes the file, for {@link SegmentContext#whenUnused}. */
    public void close() throws IOException {
        leaveCache();
        source.close();
    }

    /**
     * The newest version of the key up to this sequence.
     *
     * @param hash {@link BloomFilter#hash} of the key
     */
    public Optional<Entry> find(byte[] key, long hash, long sequence) {
        if (Arrays.compareUnsigned(key, lastKey) > 0 || Arrays.compareUnsigned(key, firstKey) < 0) {
            return Optional.empty();
        }
        SegmentTables present = tables();
        return present.filter().mightContain(key, hash)
                ? find(key, sequence, present, present.index().blockFor(key))
                : Optional.empty();
    }

    /** The newest version of the key up to this sequence; there is no look at the filter. */
    Optional<Entry> find(byte[] key, long sequence) {
        SegmentTables present = tables();
        return find(key, sequence, present, present.index().blockFor(key));
    }

    /**
     * The newest version of the key up to this sequence.
     *
     * @param first the first block that may have the key
     */
    Optional<Entry> find(byte[] key, long sequence, SegmentTables present, int first) {
        BlockIndex index = present.index();
        int number = first;
        try {
            for (; number < index.count(); number++) {
                BlockCursor cursor = new BlockCursor(block(number, present));
                boolean isSameKey = cursor.seek(key) && cursor.isKey(key);
                if (!isSameKey) {
                    return Optional.empty();
                }
                while (isSameKey && cursor.sequence() > sequence) {
                    isSameKey = cursor.advance() && cursor.isKey(key);
                }
                if (isSameKey) {
                    return Optional.of(cursor.entry());
                }
                if (!Arrays.equals(index.lastKey(number), key)) {
                    return Optional.empty();
                }
            }
        } catch (IndexOutOfBoundsException malformed) {
            throw malformed(number, malformed);
        }
        return Optional.empty();
    }

    RuntimeException malformed(int number, IndexOutOfBoundsException cause) {
        return Corruption.at(file.name(), index().start(number), "a malformed block: " + cause);
    }

    /** A data block, from the cache if it is there. */
    Block block(int number) {
        return block(number, tables());
    }

    private Block block(int number, SegmentTables present) {
        Block hit = present.blocks().getAcquire(number);
        if (hit != null) {
            context.cache().hit();
            return hit.use();
        }
        context.cache().miss();
        Block block = read(number, present.index());
        context.cache().add(present.blocks(), number, block);
        return block;
    }

    /** Where blocks are kept, and what is made of them. */
    BlockCache cache() {
        return context.cache();
    }

    /** A data block from disk, checked. */
    Block read(int number) {
        return read(number, index());
    }

    Block read(int number, BlockIndex index) {
        return source.readBlock(number, index.start(number), index.storedLength(number));
    }

    /** Whether any key of the scan may be here. */
    public boolean overlaps(EntryScan scan) {
        return !scan.isAfter(firstKey) && !scan.isBefore(lastKey);
    }

    public EntryCursor cursor(EntryScan scan) {
        return scan.isForward() ? new ForwardCursor(this, scan) : new BackwardCursor(this, scan);
    }

    /**
     * Every version of every key, keys ascending, versions descending: for merging. What is in the
     * cache was checked when it came there; the rest is read from disk, and the cache stays as it
     * is.
     *
     * @param onRead told of the bytes of each block before it is read from disk; it may wait
     */
    public VersionWalk versions(LongConsumer onRead) {
        return new VersionCursor(this, onRead);
    }

    /** All versions of all keys. */
    public long entryCount() {
        return footer.entries();
    }

    /** Different keys, at most: as many as the filter was made of. */
    public long keyCountMax() {
        return keyCountMax;
    }

    public byte[] firstKey() {
        return firstKey;
    }

    public byte[] lastKey() {
        return lastKey;
    }

    /**
     * Reads and checks every block of a new file. A cache that is in use keeps those it has room
     * for: what they replace was in it, too.
     */
    public void verify() {
        SegmentTables present = tables();
        BlockIndex index = present.index();
        BlockCache cache = context.cache();
        boolean isInUse = cache.isInUse();
        BlockSource.Walk walk = source.new Walk();
        for (int number = 0; number < blockCount; number++) {
            if (isInUse && cache.hasRoom(SegmentWriter.BLOCK_BYTES)) {
                Block block = read(number, index);
                check(number, block);
                block.keys(); // costs a fraction now that all of the block is at hand
                cache.addIfRoom(present.blocks(), number, block);
            } else {
                check(number, walk.block(number, index.start(number), index.storedLength(number)));
            }
        }
    }

    /** Whether it may have a key; so it may if that would have to be read. */
    public boolean mayHave(byte[] key, long hash) {
        SegmentTables present = tables.getAcquire(0);
        return present == null || present.filter().mightContain(key, hash);
    }

    /**
     * Hands over about so many of its keys of which filters can tell, each with how many others it
     * stands for; none if they would have to be read.
     */
    public void sampleKeys(int wanted, ObjIntConsumer<byte[]> receiver) {
        SegmentTables present = tables.getAcquire(0);
        if (present != null) {
            List<byte[]> some = present.index().someKeys(wanted * BloomFilter.SAMPLED);
            present.filter().sample(some, wanted, receiver);
        }
    }

    /** How many blocks of entries it has. */
    public int blockCount() {
        return blockCount;
    }

    /** How many blocks end inside the range of the scan. */
    public int blockCount(EntryScan scan) {
        return index().count(scan);
    }

    /** About how many entries lie inside the range of the scan, removals and old versions too. */
    public long entryCount(EntryScan scan) {
        return footer.entries() * blockCount(scan) / Math.max(1, blockCount);
    }

    /** Adds the last key of each of so many blocks that end inside the range of the scan. */
    public void addBlockKeys(EntryScan scan, int stride, List<byte[]> keys) {
        index().addKeys(scan, stride, keys);
    }

    /**
     * Reads a block from disk, past the cache, and checks it.
     *
     * @return how many bytes were read
     */
    public int verifyBlock(int number) {
        check(number, read(number));
        return index().storedLength(number);
    }

    private void check(int number, Block block) {
        BlockCursor cursor = new BlockCursor(block);
        try {
            boolean hasMore = cursor.advance();
            while (hasMore) {
                hasMore = cursor.advance();
            }
        } catch (IndexOutOfBoundsException malformed) {
            throw malformed(number, malformed);
        }
    }

    /** The keys of a block of entries. */
    public SegmentDamage.KeySpan keysOf(int number) {
        byte[] before = number == 0 ? firstKey : index().lastKey(number - 1);
        return new SegmentDamage.KeySpan(before, index().lastKey(number));
    }

    /**
     * Reads index, filter and footer from disk and checks them.
     *
     * @return how many bytes were read
     */
    public long verifyFrame() {
        SegmentFooter footer = source.readFooter();
        source.readTables(footer);
        return (long) footer.indexLength() + footer.filterLength() + SegmentFooter.BYTES;
    }

    BlockIndex index() {
        return tables().index();
    }
}

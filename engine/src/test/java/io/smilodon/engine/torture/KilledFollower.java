package io.smilodon.engine.torture;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.feed.ChangeBatch;
import io.smilodon.engine.feed.ChangeFeed;
import io.smilodon.engine.feed.FeedToken;
import io.smilodon.engine.feed.KeyChange;
import io.smilodon.engine.store.EmbeddedStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Follows the commits of {@link LedgerStore} in a change feed. Where it is, and the version of each
 * slot by then, outlives a killed process, in two copies of which one is whole: so the next process
 * goes on with the token, and finds a commit that is missing, or comes twice. One thread uses it.
 */
final class KilledFollower implements AutoCloseable {

    private static final String DOCUMENT = "document/";
    private static final int COPY_BYTES = (4 + Ledger.SLOTS) * Long.BYTES;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final FileChannel channel;
    private final MappedByteBuffer map;
    private final long[] versions = new long[Ledger.SLOTS];
    private long generation;
    private Optional<FeedToken> token = Optional.empty();

    private KilledFollower(FileChannel channel) throws IOException {
        this.channel = channel;
        this.map = channel.map(FileChannel.MapMode.READ_WRITE, 0, 2 * COPY_BYTES);
        load(0);
        load(1);
    }

    static KilledFollower open(Path file) throws IOException {
        return new KilledFollower(
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE));
    }

    /** Takes a copy if it is whole and newer. */
    private void load(int copy) {
        byte[] bytes = new byte[COPY_BYTES];
        map.get(copy * COPY_BYTES, bytes);
        ByteBuffer content = ByteBuffer.wrap(bytes);
        long saved = content.getLong();
        if (saved > generation && content.getLong(COPY_BYTES - Long.BYTES) == checksum(bytes)) {
            generation = saved;
            token = Optional.of(new FeedToken(content.getLong(), content.getLong()));
            content.asLongBuffer().get(versions);
        }
    }

    private static long checksum(byte[] copy) {
        CRC32C crc = new CRC32C();
        crc.update(copy, 0, COPY_BYTES - Long.BYTES);
        return crc.getValue();
    }

    private void save(FeedToken reached) {
        generation++;
        token = Optional.of(reached);
        ByteBuffer content = ByteBuffer.allocate(COPY_BYTES);
        content.putLong(generation).putLong(reached.sequence()).putLong(reached.millis());
        for (long version : versions) {
            content.putLong(version);
        }
        content.putLong(checksum(content.array()));
        map.put((int) (generation % 2) * COPY_BYTES, content.array());
    }

    private ChangeFeed feed(EmbeddedStore store) {
        return token.map(store::changesSince).orElseGet(() -> store.changesSince(0));
    }

    /**
     * Reads all there is, while nobody commits.
     *
     * @throws AssertionError if that leads elsewhere than the ledger says
     */
    void catchUp(EmbeddedStore store, Ledger ledger) {
        try (ChangeFeed feed = feed(store)) {
            Optional<ChangeBatch> batch = feed.poll();
            while (batch.isPresent()) {
                take(batch.get());
                batch = feed.poll();
            }
        }
        for (int slot = 0; slot < Ledger.SLOTS; slot++) {
            if (versions[slot] != ledger.acknowledged(slot)) {
                throw new AssertionError(
                        "slot "
                                + slot
                                + " was followed to version "
                                + versions[slot]
                                + ", the ledger has "
                                + ledger.acknowledged(slot));
            }
        }
    }

    /** Follows until the store is closed, or refuses for a reason that is not the feed's. */
    void follow(EmbeddedStore store) {
        try (ChangeFeed feed = feed(store)) {
            while (true) {
                feed.next(PATIENCE).ifPresent(this::take);
            }
        } catch (SmilodonException end) {
            if (end.code().equals(ErrorCode.CHANGE_STREAM_HISTORY_LOST)
                    || end.code().equals(ErrorCode.DATA_CORRUPTION_DETECTED)) {
                throw new AssertionError("the follower met " + end, end);
            }
        }
    }

    private void take(ChangeBatch batch) {
        long last = token.map(FeedToken::sequence).orElse(0L);
        if (batch.sequence() <= last) {
            throw new AssertionError("commit " + batch.sequence() + " after " + last);
        }
        batch.changes().forEach(this::take);
        save(batch.token());
    }

    private void take(KeyChange change) {
        switch (change) {
            case KeyChange.Put put ->
                    slot(put.key())
                            .ifPresent(slot -> next(slot, ByteBuffer.wrap(put.value()).getLong()));
            case KeyChange.Remove remove ->
                    slot(remove.key()).ifPresent(slot -> next(slot, versions[slot] + 1));
            case KeyChange.Retire retire -> throw new AssertionError("nobody retires " + retire);
        }
    }

    private static Optional<Integer> slot(byte[] key) {
        String text = new String(key, StandardCharsets.UTF_8);
        return text.startsWith(DOCUMENT)
                ? Optional.of(Integer.parseInt(text.substring(DOCUMENT.length())))
                : Optional.empty();
    }

    private void next(int slot, long version) {
        if (version != versions[slot] + 1) {
            throw new AssertionError(
                    "slot " + slot + ": version " + version + " after " + versions[slot]);
        }
        versions[slot] = version;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

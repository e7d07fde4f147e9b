package io.smilodon.engine.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;

/** A walk that fails where it says wrongly what a key has in common with the one before it. */
public final class CheckedWalk implements VersionWalk {

    private final VersionWalk walk;
    private byte[] before = {};

    public CheckedWalk(VersionWalk walk) {
        this.walk = walk;
    }

    @Override
    public boolean advance() {
        boolean hasMore = walk.advance();
        if (hasMore) {
            byte[] key = walk.key();
            int mismatch = Arrays.mismatch(before, key);
            assertEquals(
                    mismatch < 0 ? key.length : mismatch,
                    walk.common(),
                    () -> Arrays.toString(key) + " behind " + Arrays.toString(before));
            before = key;
        }
        return hasMore;
    }

    @Override
    public int common() {
        return walk.common();
    }

    @Override
    public byte[] key() {
        return walk.key();
    }

    @Override
    public void key(ByteSpan span) {
        walk.key(span);
    }

    @Override
    public long sequence() {
        return walk.sequence();
    }

    @Override
    public boolean isRemoval() {
        return walk.isRemoval();
    }

    @Override
    public byte[] value() {
        return walk.value();
    }

    @Override
    public void value(ByteSpan span) {
        walk.value(span);
    }

    @Override
    public void close() {
        walk.close();
    }
}

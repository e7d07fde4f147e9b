package io.smilodon.engine.segment;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A cache with room for two blocks, by Lincheck: its account is right, and within its bound. */
@Isolated("Lincheck changes classes while it runs")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Param(name = "slot", gen = IntGen.class, conf = "0:3")
public class BlockCacheModelTest {

    private static final int CONTENT = 12;
    private static final int BLOCK = (int) block(0).bytes();

    /** Made beforehand: Lincheck does not know the handles with which blocks read integers. */
    private static final List<Block> BLOCKS =
            IntStream.range(0, 4).mapToObj(BlockCacheModelTest::block).toList();

    private final BlockCache cache = new BlockCache(2 * BLOCK);
    private final AtomicReferenceArray<Block> home = new AtomicReferenceArray<>(4);

    private static Block block(int slot) {
        byte[] content = new byte[CONTENT];
        content[CONTENT - 1] = 1;
        content[0] = (byte) slot;
        return new Block(content);
    }

    @Operation
    public void add(@Param(name = "slot") int slot) {
        cache.add(home, slot, BLOCKS.get(slot));
    }

    /** Whether what is found is what belongs there; which blocks are there is not promised. */
    @Operation
    public boolean isRight(@Param(name = "slot") int slot) {
        Block hit = home.getAcquire(slot);
        return hit == null || hit.use().content()[0] == slot;
    }

    @Operation
    public boolean isWithinBound() {
        return cache.bytes() <= 2 * BLOCK;
    }

    /** With nobody at work, what counts is what is there. */
    @Validate
    public void accountIsRight() {
        int there = 0;
        for (int slot = 0; slot < home.length(); slot++) {
            there += home.get(slot) == null ? 0 : BLOCK;
        }
        if (there != cache.bytes()) {
            throw new AssertionError(there + " bytes there, " + cache.bytes() + " counted");
        }
    }

    @Test
    void blocks_stay_in_their_places_and_the_account_is_right() {
        new ModelCheckingOptions()
                .iterations(3)
                .invocationsPerIteration(60)
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(1)
                .check(getClass());
    }
}

package io.smilodon.engine.memtable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SlabPoolTest {

    @Test
    void memory_is_used_again_up_to_a_bound() {
        SlabPool pool = new SlabPool(1 << 20);
        byte[] first = pool.take();
        pool.giveBack(List.of(first));
        assertSame(first, pool.take());
        byte[][] many = new byte[10][];
        for (int index = 0; index < many.length; index++) {
            many[index] = pool.take();
        }
        pool.giveBack(Arrays.asList(many));
        int kept = 0;
        while (Arrays.asList(many).contains(pool.take())) {
            kept++;
        }
        assertEquals((1 << 20) / first.length, kept);
    }
}

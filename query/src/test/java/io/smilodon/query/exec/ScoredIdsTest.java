package io.smilodon.query.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

/** Against a map. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ScoredIdsTest {

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);
    private final ByteSpan span = new ByteSpan();

    private ByteSpan span(String id) {
        byte[] around = ("<" + id + ">").getBytes(StandardCharsets.UTF_8);
        span.set(around, 1, around.length - 2);
        return span;
    }

    @RepeatedTest(50)
    void they_have_what_a_map_has() {
        MemoryAccount memory = new MemoryAccount("TEXT_OR", OperationContext.unlimited());
        try (ScoredIds ids = new ScoredIds(memory)) {
            for (int round = 0; round < 3; round++) {
                check(ids);
                ids.clear();
            }
        }
        assertEquals(0, memory.bytes());
    }

    private void check(ScoredIds ids) {
        Map<String, Double> expected = new LinkedHashMap<>();
        int count = 1 + random.nextInt(random.nextInt(5) == 0 ? 30_000 : 500);
        for (int turn = 0; turn < 2 * count; turn++) {
            int number = random.nextInt(2 * count);
            String id = "x".repeat(number % 3) + number;
            expected.merge(id, 2.0, Double::sum);
            assertTrue(ids.add(span(id), 2, turn));
        }
        Map<String, Double> found = new LinkedHashMap<>();
        long before = -1;
        for (int place = 0; place < ids.size(); place++) {
            found.put(new String(ids.id(place), StandardCharsets.UTF_8), ids.score(place));
            assertTrue(ids.turn(place) > before);
            before = ids.turn(place);
        }
        assertEquals(expected, found, () -> "seed " + seed);
        assertEquals(expected.size(), ids.size());
    }
}

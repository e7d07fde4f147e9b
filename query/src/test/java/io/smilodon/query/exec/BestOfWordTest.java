package io.smilodon.query.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.index.NumberedIds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BestOfWordTest {

    private record Hit(String id, double score, long turn) {}

    @RepeatedTest(500)
    void the_best_of_many_are_among_those_kept_and_the_first_of_equal_ones() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        int wanted = 1 + random.nextInt(8);
        int steps = 1 + random.nextInt(20);
        BestOfWord best = new BestOfWord(wanted);
        List<Hit> all = new ArrayList<>();
        ByteSpan span = new ByteSpan();
        double score = 1;
        for (long turn = 0; turn < random.nextInt(100); turn++) {
            score += random.nextInt(steps) == 0 ? 1 : 0;
            String id = "x".repeat(random.nextInt(3)) + turn;
            byte[] around = ("<" + id + ">").getBytes(StandardCharsets.UTF_8);
            span.set(around, 1, around.length - 2);
            NumberedIds one = new NumberedIds();
            one.add(span, score);
            best.add(new WordPage.Read(one.collected(), turn), 0);
            all.add(new Hit(id, score, turn));
        }

        List<Hit> kept = new ArrayList<>();
        best.forEach(
                (id, points, turn) ->
                        kept.add(new Hit(new String(id, StandardCharsets.UTF_8), points, turn)));

        assertEquals(first(all, wanted), first(kept, wanted), () -> "seed " + seed);
    }

    private static List<Hit> first(List<Hit> hits, int wanted) {
        return hits.stream()
                .sorted(
                        Comparator.comparingDouble(Hit::score)
                                .reversed()
                                .thenComparingLong(Hit::turn))
                .limit(wanted)
                .toList();
    }
}

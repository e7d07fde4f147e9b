package io.smilodon.query.plan;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random wildcard indexes of the fields that {@link RandomQueries} has, alone and compound. */
final class RandomWildcards {

    private final Random random;

    RandomWildcards(Random random) {
        this.random = random;
    }

    Document index() {
        if (chance(50)) {
            return compound();
        }
        String below = oneOf(List.of("$**", "$**", "a.$**", "a.x.$**", "b.$**"));
        Document specification = Document.of("key", Document.of(below, direction()));
        if (!below.equals("$**") || chance(50)) {
            return specification;
        }
        Document projection =
                oneOf(
                        List.of(
                                Document.of("a.x", Value.of(0)),
                                Document.builder().put("a", 1).put("_id", 1).build(),
                                Document.of("b", Document.of("x", Value.of(1)))));
        return specification.with("wildcardProjection", projection);
    }

    /** One that reaches a or b, between fields at and below the other ones. */
    private Document compound() {
        boolean isOfA = chance(60);
        boolean isNamed = chance(60);
        String wildcard = isNamed ? isOfA ? "a.$**" : "b.$**" : "$**";
        List<String> others = new ArrayList<>(List.of("c", "c", "c.y", "_id"));
        others.add(oneOf(isOfA ? List.of("b", "b.x") : List.of("a", "a.x.z")));
        DocumentBuilder key = Document.builder();
        int before = oneOf(List.of(0, 1, 1, 2));
        for (int i = 0; i < before; i++) {
            key.put(oneOf(others), direction());
        }
        key.put(wildcard, direction());
        if (before == 0 || chance(40)) {
            key.put(oneOf(others), direction());
        }
        Document specification = Document.of("key", key.build());
        if (isNamed) {
            return specification;
        }
        Document projection =
                chance(50)
                        ? Document.of(isOfA ? "a" : "b", Value.of(1))
                        : Document.builder()
                                .put(isOfA ? "b" : "a", 0)
                                .put("c", 0)
                                .put("_id", 0)
                                .build();
        return specification.with("wildcardProjection", projection);
    }

    private Value direction() {
        return Value.of(chance(70) ? 1 : -1);
    }

    private boolean chance(int inHundred) {
        return random.nextInt(100) < inHundred;
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}

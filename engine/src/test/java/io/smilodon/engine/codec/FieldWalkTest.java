package io.smilodon.engine.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.Limits;
import io.smilodon.engine.testing.RandomValues;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FieldWalkTest {

    private static final String[] NAMES = {"a", "b", "c", "é", "ab", "a longer name", "0"};

    private static Document stored(Document tree) {
        return DocumentCodec.decode(DocumentCodec.encode(tree));
    }

    /** The law: one walk finds what following each path alone finds, and tells of each once. */
    @RepeatedTest(200)
    void one_walk_finds_what_each_path_leads_to() {
        long seed = Seeds.next();
        RandomValues random = new RandomValues(seed);
        List<FieldPath> paths = new ArrayList<>();
        for (int path = random.nextInt(6); path >= 0; path--) {
            paths.add(path(random));
        }
        FieldWalk walk = new FieldWalk(paths);
        for (int document = 0; document < 3; document++) {
            Document tree = document(random, 3);
            List<String> told = new ArrayList<>(Collections.nCopies(paths.size(), ""));
            walk.over(
                    stored(tree),
                    (path, value) -> {
                        told.set(path, told.get(path) + told(value));
                        return true;
                    });
            List<String> right = paths.stream().map(path -> followed(tree, path, 0)).toList();
            assertEquals(right, told, () -> "seed " + seed + ": " + paths + " of " + tree);
        }
    }

    private static String told(StoredValue value) {
        return switch (value.kind()) {
            case THROUGH_ARRAY -> "array";
            default -> value.view() + "/" + value.value();
        };
    }

    private static String followed(Value from, FieldPath path, int step) {
        if (step == path.length()) {
            return from + "/" + from;
        }
        if (from instanceof ArrayValue) {
            return "array";
        }
        return from instanceof Document document
                ? followed(document.get(path.steps().get(step)), path, step + 1)
                : Missing.INSTANCE + "/" + Missing.INSTANCE;
    }

    private static FieldPath path(RandomValues random) {
        List<String> steps = new ArrayList<>();
        for (int step = random.nextInt(3); step >= 0; step--) {
            steps.add(NAMES[random.nextInt(NAMES.length)]);
        }
        return new FieldPath(steps);
    }

    private static Document document(RandomValues random, int levels) {
        Document document = Document.EMPTY;
        for (int field = random.nextInt(NAMES.length); field >= 0; field--) {
            boolean isDeeper = levels > 0 && random.nextInt(2) == 0;
            Value value = isDeeper ? document(random, levels - 1) : random.next();
            document = document.with(NAMES[random.nextInt(NAMES.length)], value);
        }
        return document;
    }

    @Test
    void paths_longer_than_documents_are_deep_lead_nowhere() {
        Document deep = Document.of("a", Value.of(1));
        for (int level = 2; level < Limits.NESTING_MAX; level++) {
            deep = Document.of("a", deep);
        }
        FieldPath longest = new FieldPath(Collections.nCopies(100_000, "a"));
        FieldWalk walk = new FieldWalk(List.of(longest, FieldPath.parse("a.b")));
        walk.over(stored(deep));
        assertEquals(StoredValue.Kind.ABSENT, walk.value(0).kind());
        assertEquals(StoredValue.Kind.ABSENT, walk.value(1).kind());
    }
}

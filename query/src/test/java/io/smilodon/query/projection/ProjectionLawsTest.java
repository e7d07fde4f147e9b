package io.smilodon.query.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.testing.RandomValues;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.PathCollector;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

/** What holds of every projection and every document. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProjectionLawsTest {

    private static final List<String> NAMES = List.of("_id", "a", "b", "c", "d");
    private static final List<String> INNER = List.of("x", "y");
    private static final List<String> PATHS = List.of("a", "b.x", "b.y", "c.x", "c.y.x", "d.y");

    private final long seed = Seeds.next();
    private final RandomValues random = new RandomValues(seed);

    private Document document() {
        DocumentBuilder builder = Document.builder();
        for (String name : NAMES) {
            if (random.nextInt(5) > 0) {
                builder.put(name, value(2));
            }
        }
        return builder.build();
    }

    private Value value(int levels) {
        return switch (levels == 0 ? 0 : random.nextInt(4)) {
            case 1 -> {
                DocumentBuilder builder = Document.builder();
                INNER.forEach(name -> builder.put(name, value(levels - 1)));
                yield builder.build();
            }
            case 2 -> ArrayValue.of(value(levels - 1), value(levels - 1));
            default -> random.next();
        };
    }

    private Document specification(boolean includes) {
        DocumentBuilder builder = Document.builder();
        for (String path : PATHS) {
            if (random.nextInt(2) == 0) {
                builder.put(path, includes);
            }
        }
        builder.put(PATHS.get(0), includes);
        return builder.put("_id", random.nextInt(2)).build();
    }

    @RepeatedTest(200)
    void stored_documents_project_like_trees() {
        Document tree = document();
        Document stored = DocumentCodec.decode(DocumentCodec.encode(tree));
        Document specification = specification(random.nextInt(2) == 0);
        Projection projection = ProjectionParser.forFind(specification, Location.ROOT);

        assertEquals(
                Projecting.apply(projection, tree),
                Projecting.apply(projection, stored),
                () -> "seed " + seed + ": " + specification + " of " + tree);
    }

    @RepeatedTest(200)
    void added_fields_are_the_same_on_stored_documents() {
        Document tree = document();
        Document stored = DocumentCodec.decode(DocumentCodec.encode(tree));
        Document stage =
                Document.builder().put("a.x", "$b.x").put("e", "$$ROOT").put("c", "$d.y").build();
        Projection projection = ProjectionParser.addFields(stage, Location.ROOT, Set.of());

        assertEquals(
                Projecting.apply(projection, tree),
                Projecting.apply(projection, stored),
                () -> "seed " + seed + ": " + tree);
    }

    @RepeatedTest(200)
    void a_field_is_in_the_inclusion_or_in_the_exclusion() {
        Document tree = document();
        Document included = project(tree, "a", "c", true);
        Document excluded = project(tree, "a", "c", false);

        DocumentBuilder both = Document.builder();
        for (String name : NAMES) {
            both.put(name, included.get(name)).put(name, excluded.get(name));
        }
        assertEquals(tree, both.build(), () -> "seed " + seed);
        assertEquals(
                tree.size(),
                included.size() + excluded.size(),
                () -> "seed " + seed + ": none twice in " + tree);
    }

    private static Document project(Document tree, String one, String other, boolean includes) {
        Document specification =
                Document.builder()
                        .put(one, includes)
                        .put(other, includes)
                        .put("_id", includes)
                        .build();
        return Projecting.apply(ProjectionParser.forFind(specification, Location.ROOT), tree);
    }

    @RepeatedTest(200)
    void an_inclusion_reads_no_more_than_it_says() {
        Document tree = document();
        Projection projection = ProjectionParser.forFind(specification(true), Location.ROOT);
        DocumentBuilder read = Document.builder();
        PathCollector paths = new PathCollector();
        projection.collectPaths(paths::add, paths);
        for (FieldPath path : paths.paths().orElseThrow()) {
            read.put(path.first(), tree.get(path.first()));
        }
        Document partOnly = Document.builder().putAll(tree).build();
        for (String name : NAMES) {
            partOnly = read.build().has(name) ? partOnly : partOnly.without(name);
        }
        assertEquals(
                Projecting.apply(projection, tree),
                Projecting.apply(projection, partOnly),
                () -> "seed " + seed);
    }
}

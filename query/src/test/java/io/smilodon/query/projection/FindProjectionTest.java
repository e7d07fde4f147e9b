package io.smilodon.query.projection;

import static io.smilodon.query.projection.Projecting.assertProjects;
import static io.smilodon.query.projection.Projecting.assertRefuses;
import static io.smilodon.query.projection.Projecting.find;
import static io.smilodon.query.projection.Projecting.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.query.expression.PathCollector;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FindProjectionTest {

    @Test
    void an_empty_projection_changes_nothing() {
        Document document = json("{'_id': 1, 'a': 2}");
        assertSame(document, Projecting.apply(find("{}"), document));
    }

    @Test
    void rule_042_inclusion_brings_the_id_along() {
        assertProjects(find("{'a': 1}"), "{'_id': 1, 'a': 2, 'b': 3}", "{'_id': 1, 'a': 2}");
        assertProjects(find("{'a': true, '_id': 0}"), "{'_id': 1, 'a': 2, 'b': 3}", "{'a': 2}");
        assertProjects(find("{'_id': 1}"), "{'_id': 1, 'a': 2}", "{'_id': 1}");
        assertProjects(find("{'a': 1}"), "{'_id': 1, 'b': 3}", "{'_id': 1}");
    }

    @Test
    void rule_042_exclusion_keeps_the_rest() {
        assertProjects(find("{'a': 0}"), "{'_id': 1, 'a': 2, 'b': 3}", "{'_id': 1, 'b': 3}");
        assertProjects(find("{'_id': 0}"), "{'_id': 1, 'a': 2}", "{'a': 2}");
        assertProjects(find("{'_id': 0, 'a': 0}"), "{'_id': 1, 'a': 2, 'b': 3}", "{'b': 3}");
        assertProjects(find("{'a': 0, '_id': 1}"), "{'_id': 1, 'a': 2}", "{'_id': 1}");
    }

    @Test
    void rule_042_inclusion_and_exclusion_do_not_mix() {
        assertRefuses(31253, () -> find("{'a': 0, 'b': 1}"));
        assertRefuses(31254, () -> find("{'a': 1, 'b': 0}"));
        assertRefuses(31310, () -> find("{'a': 0, 'b': '$c'}"));
        assertRefuses(31252, () -> find("{'a': 0, 'b': {'$add': [1, '$c']}}"));
        assertRefuses(31254, () -> find("{'a': 1, '_id.x': 0}"));
    }

    @Test
    void rule_043_paths_must_not_overlap() {
        assertRefuses(31249, () -> find("{'a': 1, 'a.b': 1}"));
        assertRefuses(31250, () -> find("{'a.b': 1, 'a': 1}"));
        assertRefuses(31249, () -> find("{'a': 0, 'a.b.c': 0}"));
        assertRefuses(31250, () -> find("{'a': {'b': 1}, 'a.b': 1}"));
    }

    @Test
    void rule_044_nested_documents_are_paths() {
        String document = "{'_id': 1, 'a': {'b': 1, 'c': 2}, 'd': 3}";
        String result = "{'_id': 1, 'a': {'b': 1}}";
        assertProjects(find("{'a.b': 1}"), document, result);
        assertProjects(find("{'a': {'b': 1}}"), document, result);
        assertProjects(find("{'a': {'b': 0}}"), document, "{'_id': 1, 'a': {'c': 2}, 'd': 3}");
        assertRefuses(51270, () -> find("{'a': {}}"));
    }

    @Test
    void rule_044_inclusion_keeps_empty_parents_and_drops_scalars() {
        Projection projection = find("{'a.b': 1, '_id': 0}");
        assertProjects(projection, "{'a': {'c': 1}}", "{'a': {}}");
        assertProjects(projection, "{'a': 5}", "{}");
        assertProjects(projection, "{'a': [1, 'x', {'b': 1, 'c': 2}]}", "{'a': [{'b': 1}]}");
        assertProjects(projection, "{'a': [1, 2]}", "{'a': []}");
        assertProjects(projection, "{'a': [[]]}", "{'a': [[]]}");
        assertProjects(projection, "{'a': [[{'b': 1}, 2]]}", "{'a': [[{'b': 1}]]}");
    }

    @Test
    void rule_044_exclusion_keeps_scalars_and_looks_into_arrays() {
        Projection projection = find("{'a.b': 0}");
        assertProjects(projection, "{'a': 5}", "{'a': 5}");
        assertProjects(projection, "{'a': [1, {'b': 1, 'c': 2}]}", "{'a': [1, {'c': 2}]}");
    }

    @Test
    void rule_045_the_order_is_the_documents() {
        assertProjects(
                find("{'b': 1, 'a': 1}"),
                "{'_id': 1, 'a': 1, 'b': 2}",
                "{'_id': 1, 'a': 1, 'b': 2}");
    }

    @Test
    void rule_045_computed_fields_come_last_in_the_projections_order() {
        assertProjects(
                find("{'z': '$a', 'y': {'$add': ['$a', 1]}, 'b': 1}"),
                "{'_id': 1, 'a': 1, 'b': 2}",
                "{'_id': 1, 'b': 2, 'z': 1, 'y': 2}");
        assertProjects(
                find("{'a': {'$add': ['$a', 1]}, 'b': 1}"),
                "{'_id': 1, 'a': 1, 'b': 2}",
                "{'_id': 1, 'b': 2, 'a': 2}");
    }

    @Test
    void rule_045_numbers_in_paths_are_names() {
        assertProjects(find("{'a.0': 1, '_id': 0}"), "{'a': [1, {'0': 2}]}", "{'a': [{'0': 2}]}");
    }

    @Test
    void rule_046_slice_cuts_arrays_and_leaves_other_fields() {
        String document = "{'_id': 1, 'a': [1, 2, 3, 4], 'b': 5}";
        assertProjects(find("{'a': {'$slice': 2}}"), document, "{'_id': 1, 'a': [1, 2], 'b': 5}");
        assertProjects(find("{'a': {'$slice': -1}, 'b': 0}"), document, "{'_id': 1, 'a': [4]}");
        assertProjects(
                find("{'a': {'$slice': [1, 2]}, 'x': 1}"), document, "{'_id': 1, 'a': [2, 3]}");
        assertProjects(
                find("{'a': {'$slice': [-3, 2]}, 'b': 0}"), document, "{'_id': 1, 'a': [2, 3]}");
        assertProjects(find("{'a': {'$slice': [9, 2]}, 'b': 0}"), document, "{'_id': 1, 'a': []}");
        assertProjects(
                find("{'a': {'$slice': -9}, 'b': 0}"), document, "{'_id': 1, 'a': [1, 2, 3, 4]}");
        assertProjects(find("{'b': {'$slice': 1}}"), document, document);
        assertRefuses(28729, () -> find("{'a': {'$slice': [1, 0]}}"));
    }

    @Test
    void rule_047_elem_match_keeps_the_first_match_only() {
        Projection projection = find("{'a': {'$elemMatch': {'x': {'$gt': 1}}}}");
        assertProjects(
                projection,
                "{'_id': 1, 'a': [{'x': 1}, {'x': 2}, {'x': 3}], 'b': 1}",
                "{'_id': 1, 'a': [{'x': 2}]}");
        assertProjects(projection, "{'_id': 1, 'a': [{'x': 1}]}", "{'_id': 1}");
        assertProjects(projection, "{'_id': 1, 'a': {'x': 5}}", "{'_id': 1}");
        assertProjects(
                find("{'a': {'$elemMatch': {'$gte': 2}}}"), "{'a': [1, 2, 3]}", "{'a': [2]}");
        assertRefuses(31274, () -> find("{'a': {'$elemMatch': 5}}"));
    }

    @Test
    void rule_048_strings_and_other_values_are_computed() {
        assertProjects(
                find("{'_id': 0, 'p': '$a.b', 's': 'text', 'n': null, 'l': ['$a.b', 2]}"),
                "{'_id': 1, 'a': {'b': 7}}",
                "{'p': 7, 's': 'text', 'n': null, 'l': [7, 2]}");
        assertProjects(find("{'a.c': '$b'}"), "{'a': 5, 'b': 6}", "{'a': {'c': 6}}");
        assertProjects(find("{'x': '$$REMOVE', 'a': 1}"), "{'a': 5}", "{'a': 5}");
    }

    @Test
    void a_computed_id_comes_first() {
        assertProjects(
                find("{'a': 1, '_id': '$b'}"), "{'_id': 1, 'a': 5, 'b': 6}", "{'_id': 6, 'a': 5}");
    }

    @Test
    void bad_paths_are_refused_by_mongodbs_codes() {
        assertRefuses(40352, () -> find("{'': 1}"));
        assertRefuses(40353, () -> find("{'a.': 1}"));
        assertRefuses(15998, () -> find("{'a..b': 1}"));
        assertRefuses(16410, () -> find("{'$a': 1}"));
        assertRefuses(31325, () -> find("{'a': {'$nope': 1}}"));
    }

    @Test
    void metadata_needs_a_name_that_is_known() {
        assertRefuses(17307, () -> find("{'a': {'$meta': 1}}"));
        assertRefuses(17308, () -> find("{'a': {'$meta': 'nope'}}"));
    }

    @Test
    void a_pick_of_paths_names_them() {
        assertEquals(
                Optional.of(Set.of(FieldPath.parse("_id"), FieldPath.parse("a.b"))),
                find("{'a.b': 1}").onlyPaths());
        assertEquals(
                Optional.of(Set.of(FieldPath.parse("a"))), find("{'a': 1, '_id': 0}").onlyPaths());
        assertEquals(Optional.empty(), find("{'a': 0}").onlyPaths());
        assertEquals(Optional.empty(), find("{'a': '$b'}").onlyPaths());
        assertEquals(Optional.empty(), find("{'a': {'$slice': 1}, 'b': 1}").onlyPaths());
    }

    @Test
    void it_knows_what_it_reads() {
        assertEquals(
                Optional.of(Set.of(FieldPath.parse("b.c"), FieldPath.parse("d"))),
                read("{'a': '$b.c', 'd': 1, '_id': 0}"));
        assertEquals(
                Optional.of(Set.of(FieldPath.parse("a"), FieldPath.parse("b"))),
                read("{'a.x': '$b', '_id': 0}"));
        assertEquals(Optional.empty(), read("{'a': '$$ROOT'}"));
    }

    private static Optional<Set<FieldPath>> read(String written) {
        PathCollector read = new PathCollector();
        find(written).collectPaths(read::add, read);
        return read.paths();
    }
}

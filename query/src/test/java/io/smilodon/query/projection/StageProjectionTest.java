package io.smilodon.query.projection;

import static io.smilodon.query.projection.Projecting.addFields;
import static io.smilodon.query.projection.Projecting.assertProjects;
import static io.smilodon.query.projection.Projecting.assertRefuses;
import static io.smilodon.query.projection.Projecting.json;
import static io.smilodon.query.projection.Projecting.project;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StageProjectionTest {

    private static Projection unset(String written) {
        Value value = json("{'v': " + written + "}").get("v");
        return ProjectionParser.unset(value, Location.ROOT);
    }

    @Test
    void project_includes_excludes_and_computes() {
        assertProjects(
                project("{'a': 1, 'sum': {'$add': ['$a', '$b']}}"),
                "{'_id': 1, 'a': 2, 'b': 3}",
                "{'_id': 1, 'a': 2, 'sum': 5}");
        assertProjects(project("{'b': 0}"), "{'_id': 1, 'a': 2, 'b': 3}", "{'_id': 1, 'a': 2}");
    }

    @Test
    void rule_101_project_refuses_what_it_cannot_mean() {
        assertRefuses(51272, () -> project("{}"));
        assertRefuses(15969, () -> ProjectionParser.project(Value.of(5), Location.ROOT, Set.of()));
        assertRefuses(31249, () -> project("{'a': 1, 'a.b': 1}"));
        assertRefuses(31253, () -> project("{'a': 0, 'b': 1}"));
        assertRefuses(17276, () -> project("{'a': '$$x'}"));
    }

    @Test
    void add_fields_sets_in_place_and_appends() {
        assertProjects(
                addFields("{'c': '$b', 'a': {'$add': ['$a', 1]}}"),
                "{'_id': 1, 'a': 2, 'b': 3}",
                "{'_id': 1, 'a': 3, 'b': 3, 'c': 3}");
    }

    @Test
    void add_fields_takes_numbers_as_they_are() {
        assertProjects(addFields("{'a': 0, 'b': true}"), "{'x': 1}", "{'x': 1, 'a': 0, 'b': true}");
    }

    @Test
    void add_fields_sees_the_document_as_it_was() {
        assertProjects(addFields("{'a': '$b', 'b': '$a'}"), "{'a': 1, 'b': 2}", "{'a': 2, 'b': 1}");
    }

    @Test
    void add_fields_removes_a_field_without_a_value() {
        assertProjects(addFields("{'a': '$$REMOVE'}"), "{'a': 1, 'b': 2}", "{'b': 2}");
        assertProjects(addFields("{'a': '$missing'}"), "{'a': 1, 'b': 2}", "{'b': 2}");
    }

    @Test
    void add_fields_goes_inside_documents_and_replaces_scalars() {
        Projection projection = addFields("{'a.x': 1}");
        assertProjects(projection, "{'a': {'y': 2}}", "{'a': {'y': 2, 'x': 1}}");
        assertProjects(projection, "{'a': 5}", "{'a': {'x': 1}}");
        assertProjects(projection, "{}", "{'a': {'x': 1}}");
        assertProjects(addFields("{'a': {'x': 1}}"), "{'a': {'y': 2}}", "{'a': {'y': 2, 'x': 1}}");
    }

    @Test
    void rule_101_add_fields_applies_to_every_element() {
        assertProjects(
                addFields("{'a.x': '$n'}"),
                "{'n': 9, 'a': [{'y': 1}, 5, [{'z': 1}]]}",
                "{'n': 9, 'a': [{'y': 1, 'x': 9}, {'x': 9}, [{'z': 1, 'x': 9}]]}");
    }

    @Test
    void add_fields_refuses_what_it_cannot_mean() {
        assertRefuses(40177, () -> addFields("{}"));
        assertRefuses(40180, () -> addFields("{'a': {}}"));
        assertRefuses(40176, () -> addFields("{'a': 1, 'a.b': 1}"));
        assertRefuses(
                40272, () -> ProjectionParser.addFields(Value.of(5), Location.ROOT, Set.of()));
    }

    @Test
    void unset_removes_paths() {
        assertProjects(unset("'a'"), "{'_id': 1, 'a': 1, 'b': 2}", "{'_id': 1, 'b': 2}");
        assertProjects(
                unset("['_id', 'a.b']"),
                "{'_id': 1, 'a': [{'b': 1, 'c': 2}, 5], 'd': 3}",
                "{'a': [{'c': 2}, 5], 'd': 3}");
    }

    @Test
    void rule_101_unset_refuses_what_it_cannot_mean() {
        assertRefuses(31249, () -> unset("['a', 'a.b']"));
        assertRefuses(31250, () -> unset("['a.b', 'a']"));
        assertRefuses(31002, () -> unset("5"));
        assertRefuses(31119, () -> unset("[]"));
        assertRefuses(31120, () -> unset("['a', 5]"));
        assertRefuses(40352, () -> unset("''"));
    }

    @Test
    void variables_of_the_surroundings_can_be_used() {
        Document stage = json("{'a': '$$outer'}");
        ProjectionParser.project(stage, Location.ROOT, Set.of("outer"));
        assertRefuses(17276, () -> ProjectionParser.project(stage, Location.ROOT, Set.of("inner")));
    }
}

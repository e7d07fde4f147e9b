package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.ExecutionCounts;
import io.smilodon.query.plan.Query;
import io.smilodon.query.plan.QueryShape;
import io.smilodon.query.predicate.Equal;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.projection.Projection;
import io.smilodon.query.projection.ProjectionParser;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class QueryShapesTest {

    private static final int COLLECTION = 1;
    private static final ExecutionCounts COUNTS = new ExecutionCounts(0, 0, List.of());

    private final QueryShapes shapes = new QueryShapes();

    private static Query find(String name, Value value) {
        return Query.of(new Predicate.At(FieldPath.parse(name), new Equal(value)));
    }

    private void record(Query query) {
        shapes.record(COLLECTION, QueryShape.of(query), query, COUNTS);
    }

    @Test
    void no_long_query_is_kept() {
        record(find("a", Value.of("x".repeat(5_000))));
        record(find("a".repeat(5_000), Value.of(1)));
        assertEquals(0, shapes.of(COLLECTION).size());
    }

    @Test
    void a_long_query_is_no_example_of_its_shape() {
        Query first = find("a", Value.of("x"));
        record(first);
        record(find("a", Value.of("x".repeat(5_000))));

        QueryShapes.Use use = shapes.of(COLLECTION).get(0);
        assertEquals(2, use.count());
        assertEquals(first, use.example());
    }

    @Test
    void literals_in_projections_are_bounded_too() {
        Document literal = Document.of("$literal", Value.of("x".repeat(5_000)));
        Query query = find("a", Value.of(1));
        Document specification = Document.of("y", literal);
        Projection projection = ProjectionParser.forFind(specification, Location.ROOT);
        record(query.withProjection(projection, specification));
        assertEquals(0, shapes.of(COLLECTION).size());
    }
}

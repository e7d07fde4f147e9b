package io.smilodon.query.projection;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.BoundVariables;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.FieldNames;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.value.Nesting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes projections of their written forms: in {@code find}, and in the stages of a pipeline. */
public final class ProjectionParser {

    private static final FieldPath ID = FieldPath.parse("_id");

    private ProjectionParser() {}

    /** The projection of a {@code find} of everything; an empty document changes nothing. */
    public static Projection forFind(Document written, Location location) {
        return forFind(written, Predicate.everything(), ExpressionScope.at(location, Set.of()));
    }

    /**
     * The projection of a {@code find}.
     *
     * @param filter of the find, for {@code "list.$"}
     * @param variables that expressions of the projection see
     */
    public static Projection forFind(
            Document written, Location location, Predicate filter, BoundVariables variables) {
        ExpressionScope scope = ExpressionScope.at(location, variables.names());
        Projection projection = forFind(written, filter, scope);
        return variables.names().isEmpty() ? projection : projection.within(variables.context());
    }

    private static Projection forFind(Document written, Predicate filter, ExpressionScope scope) {
        if (written.isEmpty()) {
            return Projection.identity();
        }
        Nesting.require(written, scope.location());
        List<Leaf> leaves = new LeafParser(LeafParser.Language.FIND).parse(written, scope);
        Positions.check(leaves);
        Projection projection = selection(leaves);
        return leaves.stream()
                .filter(leaf -> leaf.action() instanceof Action.KeepMatched)
                .findFirst()
                .map(leaf -> projection.with(new MatchedElement(leaf.path(), filter)))
                .orElse(projection);
    }

    /** The stage {@code $project}. */
    public static Projection project(Value written, Location location, Set<String> variables) {
        if (!(written instanceof Document document)) {
            throw error(15969, "$project specification must be an object", location);
        }
        if (document.isEmpty()) {
            throw error(51272, "projection specification must have at least one field", location);
        }
        ExpressionScope scope = ExpressionScope.at(location, variables);
        return selection(new LeafParser(LeafParser.Language.STAGE).parse(document, scope));
    }

    /** The stages {@code $addFields} and {@code $set}. */
    public static Projection addFields(Value written, Location location, Set<String> variables) {
        if (!(written instanceof Document document)) {
            throw error(40272, "$addFields specification stage must be an object", location);
        }
        if (document.isEmpty()) {
            throw error(40177, "specification must have at least one field", location);
        }
        ExpressionScope scope = ExpressionScope.at(location, variables);
        List<Leaf> leaves = new LeafParser(LeafParser.Language.COMPUTED).parse(document, scope);
        return projection(ProjectionKind.ADDITION, leaves);
    }

    /** The stage {@code $unset}: a path, or an array of paths. */
    public static Projection unset(Value written, Location location) {
        List<Leaf> leaves = new ArrayList<>();
        switch (written) {
            case StringValue path -> leaves.add(dropped(path, location));
            case ArrayValue paths ->
                    paths.forEach(path -> leaves.add(dropped(path, location.child(leaves.size()))));
            default ->
                    throw error(
                            31002, "$unset specification must be a string or an array", location);
        }
        if (leaves.isEmpty()) {
            throw error(
                    31119,
                    "$unset specification must be a string or an array with at least one field",
                    location);
        }
        return projection(ProjectionKind.EXCLUSION, leaves);
    }

    private static Leaf dropped(Value written, Location location) {
        if (written instanceof StringValue path) {
            return new Leaf(FieldNames.path(path.value(), location), new Action.Drop(), location);
        }
        throw error(
                31120,
                "$unset specification must be a string or an array containing only string values",
                location);
    }

    /** An inclusion or an exclusion, whichever its first path says. */
    private static Projection selection(List<Leaf> leaves) {
        ProjectionKind kind = SelectionKind.of(leaves);
        List<Leaf> effective = new ArrayList<>(leaves);
        if (kind == ProjectionKind.INCLUSION) {
            boolean namesId = leaves.stream().anyMatch(leaf -> leaf.path().first().equals("_id"));
            if (!namesId) {
                effective.add(0, new Leaf(ID, new Action.Keep(), Location.ROOT));
            }
        } else {
            effective.removeIf(leaf -> leaf.isId() && leaf.action() instanceof Action.Keep);
        }
        return projection(kind, effective);
    }

    private static Projection projection(ProjectionKind kind, List<Leaf> leaves) {
        ProjectionTree tree = new ProjectionTree(kind);
        leaves.forEach(tree::add);
        return new Projection(tree.build());
    }

    private static SmilodonException error(int code, String text, Location location) {
        return new SmilodonException(ErrorCode.location(code), text, Map.of()).at(location);
    }
}

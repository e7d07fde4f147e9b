package io.smilodon.query.aggregate;

import io.smilodon.engine.value.FieldPath;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.PathCollector;
import io.smilodon.query.predicate.Predicate;
import java.util.List;
import java.util.Optional;

/**
 * {@code {$graphLookup: {from, startWith, connectFromField, connectToField, as, maxDepth,
 * depthField, restrictSearchWithMatch}}}: each document with an array of those that can be reached
 * from it in another collection, going from field to field.
 *
 * @param edges where to go, and how
 * @param startWith the values to begin with
 * @param as the field that gets the array
 */
record GraphLookup(Edges edges, Expression startWith, FieldPath as) implements Stage {

    static final String NAME = "$graphLookup";

    /**
     * The graph.
     *
     * @param from the collection
     * @param out the field whose values lead on
     * @param in the field that they lead to
     * @param depthField gets the number of steps that led to a document
     * @param maxDepth how many of them there may be, the first not counted
     * @param restriction which documents count
     */
    record Edges(
            String from,
            FieldPath out,
            FieldPath in,
            Optional<FieldPath> depthField,
            long maxDepth,
            Predicate restriction) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean keepsMetadata() {
        return true;
    }

    @Override
    public Cursor open(Cursor input, StageContext context) {
        return new GraphLookupCursor(input, this, context);
    }

    @Override
    public NeededFields neededFields(NeededFields output) {
        return output.and(NeededFields.ofPaths(PathCollector.pathsOf(List.of(startWith))));
    }

    @Override
    public boolean letsFilterPass(String field) {
        return !as.first().equals(field);
    }
}

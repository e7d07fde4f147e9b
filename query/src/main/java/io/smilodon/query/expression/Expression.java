package io.smilodon.query.expression;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Value;
import java.util.Optional;

/** Something that has a value for a document. Parsed once; immutable and thread-safe. */
public interface Expression {

    /** The value, {@code Missing} where there is none. */
    Value evaluate(EvaluationContext context);

    /** Names what of the document this may read: all of it, unless the expression knows better. */
    default void collectPaths(PathCollector collector) {
        collector.addWholeDocument();
    }

    /**
     * What its truth says of single fields.
     *
     * @param context the variables around any document
     */
    default FieldRanges ranges(EvaluationContext context) {
        return FieldRanges.NONE;
    }

    /**
     * Its value for all documents; empty if it looks at them, draws lots or fails. Where a failure
     * is reached is for the evaluation to tell.
     */
    default Optional<Value> constant(EvaluationContext context) {
        PathCollector read = new PathCollector();
        collectPaths(read);
        boolean isConstant = read.isDetermined() && read.paths().orElseThrow().isEmpty();
        try {
            return isConstant ? Optional.of(evaluate(context)) : Optional.empty();
        } catch (SmilodonException failure) {
            return Optional.empty();
        }
    }
}

package io.smilodon.query.expression;

import io.smilodon.engine.value.Value;

/** Something that has a value for a document. Parsed once; immutable and thread-safe. */
public interface Expression {

    /** The value, {@code Missing} where there is none. */
    Value evaluate(EvaluationContext context);

    /** Names what of the document this may read: all of it, unless the expression knows better. */
    default void collectPaths(PathCollector collector) {
        collector.addWholeDocument();
    }
}

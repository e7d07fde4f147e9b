package io.smilodon.query.aggregate;

import io.smilodon.engine.value.FieldPath;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.PathCollector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code {$lookup: {from, localField, foreignField, let, pipeline, as}}}: each document with an
 * array of those of another collection that belong to it: those with an equal field, or what a
 * pipeline makes of them, or both.
 *
 * @param from the other collection
 * @param join the fields that must be equal
 * @param correlated the pipeline that the others go through
 * @param as the field that gets the array
 */
record Lookup(String from, Optional<Join> join, Optional<Correlated> correlated, FieldPath as)
        implements Stage {

    /** Equality of a field here with a field there. */
    record Join(FieldPath local, FieldPath foreign) {}

    /**
     * A pipeline that sees variables made of the document here.
     *
     * @param let the variables, in order
     */
    record Correlated(Map<String, Expression> let, Pipeline pipeline) {

        Correlated {
            let = Collections.unmodifiableMap(new LinkedHashMap<>(let));
        }
    }

    @Override
    public String name() {
        return "$lookup";
    }

    @Override
    public Cursor open(Cursor input, StageContext context) {
        return new LookupCursor(input, this, context);
    }

    @Override
    public NeededFields neededFields(NeededFields output) {
        NeededFields needed = output;
        if (join.isPresent()) {
            needed = needed.and(NeededFields.of(join.get().local().first()));
        }
        List<Expression> let = new ArrayList<>();
        correlated.ifPresent(inner -> let.addAll(inner.let().values()));
        return needed.and(NeededFields.ofPaths(PathCollector.pathsOf(let)));
    }

    @Override
    public boolean letsFilterPass(String field) {
        return !as.first().equals(field);
    }
}

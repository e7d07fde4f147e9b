package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.predicate.Equal;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.value.HeldValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code {$merge: {into, on, let, whenMatched, whenNotMatched}}}: each document of the result is
 * brought together with the one of a collection that has the same values in some fields.
 *
 * @param target the collection
 * @param on the fields
 * @param whenMatched what becomes of a document that is there
 * @param whenNotMatched what is done where there is none
 */
public record Merge(
        OutputTarget target,
        List<FieldPath> on,
        WhenMatched whenMatched,
        WhenNotMatched whenNotMatched)
        implements Output {

    public static final String NAME = "$merge";

    public Merge {
        on = List.copyOf(on);
    }

    /** What becomes of a document that is there. */
    public sealed interface WhenMatched {}

    /** The ways that have a name. */
    public enum Matched implements WhenMatched {
        REPLACE("replace"),
        KEEP_EXISTING("keepExisting"),
        MERGE("merge"),
        FAIL("fail");

        private final String text;

        Matched(String text) {
            this.text = text;
        }

        /** As it is written. */
        String text() {
            return text;
        }
    }

    /**
     * What a pipeline makes of it.
     *
     * @param let the variables that the pipeline sees, of the document of the result
     */
    public record Changed(Map<String, Expression> let, Pipeline pipeline) implements WhenMatched {

        public Changed {
            let = Collections.unmodifiableMap(new LinkedHashMap<>(let));
        }

        /** What the pipeline sees besides the document there. */
        public EvaluationContext variables(Document incoming, EvaluationContext around) {
            try (HeldValues held = new HeldValues(let.size())) {
                return around.on(incoming).withAll(let, held::add);
            }
        }
    }

    /** What is done where there is no document. */
    public enum WhenNotMatched {
        INSERT("insert"),
        DISCARD("discard"),
        FAIL("fail");

        private final String text;

        WhenNotMatched(String text) {
            this.text = text;
        }

        /** As it is written. */
        String text() {
            return text;
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Whether a document is looked up by its {@code _id} alone. */
    public boolean isOnId() {
        return on.equals(List.of(FieldPath.parse("_id")));
    }

    /** Whether these are the fields of a unique index, in whatever order. */
    public boolean isOn(List<FieldPath> fields) {
        return fields.size() == on.size() && fields.containsAll(on);
    }

    /**
     * Refuses a document of the result that meets none because of what its fields are.
     *
     * @throws SmilodonException 51132 if it lacks one of the fields, 51185 if one is an array
     */
    public void requireKey(Document incoming) {
        if (isOnId()) {
            return; // one that lacks it is given one
        }
        for (FieldPath path : on) {
            Value value = Nested.get(incoming, path);
            if (value.isNullish() || value instanceof UndefinedValue) {
                throw keyError(
                        51132,
                        "$merge write error: 'on' field cannot be missing, null, undefined or an"
                                + " array",
                        path);
            }
            if (value instanceof ArrayValue) {
                throw keyError(
                        51185, "$merge write error: 'on' field cannot be of type array", path);
            }
        }
    }

    private static SmilodonException keyError(int code, String template, FieldPath path) {
        return new SmilodonException(
                ErrorCode.location(code), template, Map.of("field", path.toString()));
    }

    /** Which document there this one of the result meets. */
    public Predicate matching(Document incoming) {
        List<Predicate> equal = new ArrayList<>();
        on.forEach(
                path -> equal.add(new Predicate.At(path, new Equal(Nested.get(incoming, path)))));
        return Predicate.all(equal);
    }
}

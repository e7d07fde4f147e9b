package io.smilodon.query.predicate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.FieldRanges;
import io.smilodon.query.expression.Randomness;
import io.smilodon.query.value.Truth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A parsed filter. The shape is a closed set, so that the planner can reason about it; what is
 * asked of a field is an open one, {@link ValueTest}. Immutable and thread-safe.
 */
public sealed interface Predicate {

    boolean matches(Document document);

    /** Matches if all do; without children it matches everything. */
    record And(List<Predicate> children) implements Predicate {

        public And {
            children = List.copyOf(children);
        }

        @Override
        public boolean matches(Document document) {
            for (Predicate child : children) {
                if (!child.matches(document)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Matches if one does; without children it matches nothing. */
    record Or(List<Predicate> children) implements Predicate {

        public Or {
            children = List.copyOf(children);
        }

        @Override
        public boolean matches(Document document) {
            for (Predicate child : children) {
                if (child.matches(document)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Matches if the other does not: {@code $nor}, {@code $not}, {@code $ne}, {@code $nin}. */
    record Not(Predicate child) implements Predicate {

        @Override
        public boolean matches(Document document) {
            return !child.matches(document);
        }
    }

    /**
     * Asks something of the values at the end of a path.
     *
     * @param elementsLackFields whether what an array holds beside documents lacks the fields that
     *     the path asks of it: see {@link io.smilodon.query.Dialect}
     */
    record At(FieldPath path, ValueTest test, boolean elementsLackFields) implements Predicate {

        /** What only absent fields could tell apart is the same. */
        public At {
            elementsLackFields =
                    elementsLackFields && path.length() > 1 && test.test(Missing.INSTANCE);
        }

        /** The same in the plain language. */
        public At(FieldPath path, ValueTest test) {
            this(path, test, false);
        }

        @Override
        public boolean matches(Document document) {
            return PathWalk.matches(document, this);
        }

        private At asking(ValueTest other) {
            return new At(path, other, elementsLackFields);
        }
    }

    /**
     * {@code {$expr: <expression>}}: asks something of the whole document.
     *
     * @param written the expression as it was written
     * @param context the variables that the expression sees, around any document
     * @param isBound whether these are the variables of an operation, which stay then
     * @param ranges what it says of single fields, once it is bound
     */
    record Computed(
            Value written,
            Expression expression,
            EvaluationContext context,
            boolean isBound,
            FieldRanges ranges)
            implements Predicate {

        @Override
        public boolean matches(Document document) {
            return Truth.of(expression.evaluate(context.on(document)));
        }

        /**
         * The same as often as its truth leaves a choice of ranges, each time with those of one:
         * whatever matches is in the ranges of one of them.
         */
        public List<List<Predicate>> choices() {
            return ranges.choices().stream()
                    .map(choice -> choice.stream().<Predicate>map(this::in).toList())
                    .toList();
        }

        private Computed in(FieldRanges chosen) {
            return new Computed(written, expression, context, isBound, chosen);
        }

        private Computed bound(EvaluationContext variables) {
            FieldRanges told = expression.ranges(variables);
            return new Computed(written, expression, variables, true, told);
        }

        private Computed comparing(ValueOrder order) {
            EvaluationContext compared = context.under(order);
            return isBound
                    ? bound(compared)
                    : new Computed(written, expression, compared, false, ranges);
        }
    }

    /** Asks something of the whole document that is no expression. */
    record Whole(DocumentTest test) implements Predicate {

        @Override
        public boolean matches(Document document) {
            return test.test(document);
        }
    }

    /**
     * Which element of an array made the document match: what the positional {@code $} of an update
     * means. Of several arrays on a path it is the outermost, of several conditions the last one
     * that asks an array; elements that the filter names by their index, negations, and
     * alternatives other than the values of one path name no element.
     */
    default OptionalInt elementPosition(Document document) {
        return switch (this) {
            case And and -> {
                OptionalInt last = OptionalInt.empty();
                for (Predicate child : and.children()) {
                    OptionalInt found = child.elementPosition(document);
                    last = found.isPresent() ? found : last;
                }
                yield last;
            }
            case Or or -> elementPosition(or, document);
            case At at -> PathWalk.position(document, at);
            case Not not -> OptionalInt.empty();
            case Whole whole -> OptionalInt.empty();
            case Computed computed -> OptionalInt.empty();
        };
    }

    /** {@code {$or: [{a: 1}, {a: 2}]}} is {@code {a: {$in: [1, 2]}}}: the first element counts. */
    private static OptionalInt elementPosition(Or or, Document document) {
        Set<FieldPath> paths = new HashSet<>();
        for (Predicate child : or.children()) {
            if (!(child instanceof At at && at.test().isOfListedValues())) {
                return OptionalInt.empty();
            }
            paths.add(at.path());
        }
        return paths.size() == 1
                ? or.children().stream()
                        .flatMapToInt(child -> child.elementPosition(document).stream())
                        .min()
                : OptionalInt.empty();
    }

    /** Whether an expression is part of it. */
    default boolean hasExpressions() {
        return switch (this) {
            case And and -> and.children().stream().anyMatch(Predicate::hasExpressions);
            case Or or -> or.children().stream().anyMatch(Predicate::hasExpressions);
            case Not not -> not.child().hasExpressions();
            case At at -> at.test() instanceof OpenNear;
            case Whole whole -> false;
            case Computed computed -> true;
        };
    }

    /** Whether it may answer differently when it is asked again: it is to be asked once. */
    default boolean isChance() {
        return switch (this) {
            case And and -> and.children().stream().anyMatch(Predicate::isChance);
            case Or or -> or.children().stream().anyMatch(Predicate::isChance);
            case Not not -> not.child().isChance();
            case At at -> false;
            case Whole whole -> whole.test().isChance();
            case Computed computed -> Randomness.isIn(computed.written());
        };
    }

    /** What may be asked again, or before: the conditions that all have to hold but for chance. */
    default Predicate withoutChance() {
        if (!isChance()) {
            return this;
        }
        return this instanceof And and
                ? all(and.children().stream().map(Predicate::withoutChance).toList())
                : everything();
    }

    /**
     * This filter, its expressions seeing these variables unless they are bound to others; itself
     * if it has none.
     */
    default Predicate within(EvaluationContext context) {
        if (!hasExpressions()) {
            return this;
        }
        return switch (this) {
            case And and -> new And(within(context, and.children()));
            case Or or -> new Or(within(context, or.children()));
            case Not not -> new Not(not.child().within(context));
            case At at ->
                    at.test() instanceof OpenNear open ? at.asking(open.near().apply(context)) : at;
            case Whole whole -> whole;
            case Computed computed -> computed.isBound() ? computed : computed.bound(context);
        };
    }

    /** This filter where values compare in this order. */
    default Predicate under(ValueOrder order) {
        return switch (this) {
            case And and -> new And(under(order, and.children()));
            case Or or -> new Or(under(order, or.children()));
            case Not not -> new Not(not.child().under(order));
            case At at -> at.asking(at.test().under(order));
            case Whole whole -> whole;
            case Computed computed -> computed.comparing(order);
        };
    }

    private static List<Predicate> under(ValueOrder order, List<Predicate> predicates) {
        return predicates.stream().map(predicate -> predicate.under(order)).toList();
    }

    private static List<Predicate> within(EvaluationContext context, List<Predicate> predicates) {
        return predicates.stream().map(predicate -> predicate.within(context)).toList();
    }

    /** This filter in the language it was written in, in a normal form of it. */
    default Document toDocument() {
        return PredicateRenderer.render(this);
    }

    /** Matches everything. */
    static Predicate everything() {
        return new And(List.of());
    }

    /** Matches nothing. */
    static Predicate nothing() {
        return new Or(List.of());
    }

    /** Matches if all do: conjunctions among them are opened, and one alone stands for itself. */
    static Predicate all(List<Predicate> predicates) {
        List<Predicate> children = new ArrayList<>();
        for (Predicate predicate : predicates) {
            if (predicate instanceof And and) {
                children.addAll(and.children());
            } else {
                children.add(predicate);
            }
        }
        return children.size() == 1 ? children.get(0) : new And(children);
    }
}

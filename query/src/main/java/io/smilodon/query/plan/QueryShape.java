package io.smilodon.query.plan;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.predicate.Equal;
import io.smilodon.query.predicate.GreaterOrEqual;
import io.smilodon.query.predicate.GreaterThan;
import io.smilodon.query.predicate.In;
import io.smilodon.query.predicate.LessOrEqual;
import io.smilodon.query.predicate.LessThan;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.ValueTest;
import io.smilodon.query.sort.SortPart;
import java.util.List;

/**
 * What queries have in common that differ in their values only: the structure of the filter, the
 * sort, the projection, the collation, and the magnitude of what is wanted of the results.
 *
 * @param text tells shapes apart; not for people
 * @param window how much is wanted of the results
 */
public record QueryShape(String text, int window) {

    private static final int CHARS_MAX = 4_096;
    private static final int CHARS_USUAL = 64;
    private static final String LITERAL = "$literal";

    public static QueryShape of(Query query) {
        StringBuilder text = new StringBuilder(CHARS_USUAL);
        add(text, query.filter(), true);
        query.sort().ifPresent(sort -> sort.parts().forEach(part -> add(text, part)));
        switch (query.output()) {
            case Query.Output.Whole whole -> text.append(" whole");
            case Query.Output.OneOfEach one ->
                    text.append(" one of each ")
                            .append(one.path().dotted())
                            .append(one.wanted())
                            .append(one.needed().map(Query.Output.Needed::dotted));
            case Query.Output.Needed needed -> text.append(" of which ").append(needed.dotted());
            case Query.Output.Keys keys -> text.append(" keys");
            case Query.Output.Annotated annotated -> text.append(" annotated");
            case Query.Output.Counted counted -> text.append(" counted");
            case Query.Output.Projected shown -> add(text, shown.specification());
        }
        if (!query.collation().isSimple()) {
            text.append(query.collation().toDocument());
        }
        int window = magnitude(query.skip()) << Byte.SIZE | magnitude(query.limit());
        return new QueryShape(text.toString(), window);
    }

    /**
     * What an index filter is about: the structure of the filter, the sort, the projection and the
     * collation. What is found may be counted, changed or handed out.
     */
    public static QueryShape filtered(Query query) {
        StringBuilder text = new StringBuilder();
        add(text, query.filter(), false);
        query.sort().ifPresent(sort -> sort.parts().forEach(part -> add(text, part)));
        if (query.output() instanceof Query.Output.Projected shown) {
            add(text, shown.specification());
        }
        if (!query.collation().isSimple()) {
            text.append(query.collation().toDocument());
        }
        return new QueryShape(text.toString(), 0);
    }

    /** Whether it is so long that nothing is to be remembered under it. */
    public boolean isTooLong() {
        return text.length() > CHARS_MAX;
    }

    /** 0, and from then on 1 for 1, 2 up to 10, 3 up to 100. */
    private static int magnitude(long count) {
        int magnitude = count == 0 ? 0 : 1;
        for (long rest = count; rest > 1; rest = (rest - 1) / 10 + 1) {
            magnitude++;
        }
        return magnitude;
    }

    private static void add(StringBuilder text, SortPart part) {
        text.append(part.isAscending() ? " +" : " -").append(part.path().dotted());
    }

    /**
     * @param tellsText whether it matters that strings are compared: for the choice of a plan
     */
    private static void add(StringBuilder text, Predicate predicate, boolean tellsText) {
        switch (predicate) {
            case Predicate.And and -> add(text.append("and"), and.children(), tellsText);
            case Predicate.Or or -> add(text.append("or"), or.children(), tellsText);
            case Predicate.Not not -> add(text.append("not"), List.of(not.child()), tellsText);
            case Predicate.At at -> {
                at.path().steps().forEach(step -> text.append(step).append('.'));
                text.append(at.test().getClass().getSimpleName())
                        .append(tellsText && isOfText(at.test()) ? " text" : "")
                        .append(tellsText && at.elementsLackFields() ? " or lacking" : "");
            }
            case Predicate.Computed computed ->
                    addExpression(text.append("$expr"), computed.written(), tellsText);
            case Predicate.Whole whole -> text.append(whole.test().getClass().getSimpleName());
        }
    }

    /** Of a projection, or an expression in it: which fields it reads, but no other value. */
    private static void add(StringBuilder text, Value projected) {
        switch (projected) {
            case Document document -> {
                text.append('{');
                for (Field field : document) {
                    text.append(field.name()).append(':');
                    boolean isValue = field.name().equals(LITERAL);
                    add(text, isValue ? Missing.INSTANCE : field.value());
                }
                text.append('}');
            }
            case ArrayValue array -> {
                text.append('[');
                array.forEach(element -> add(text, element));
                text.append(']');
            }
            case StringValue path -> text.append(path.value().startsWith("$") ? path : "?");
            case NumberValue flag -> text.append(flag.toDouble() == 0 ? '0' : '1');
            case BooleanValue flag -> text.append(flag.value() ? '1' : '0');
            default -> text.append('?');
        }
        text.append(',');
    }

    /** Of an expression: its operators, which fields and variables it reads, but no value. */
    private static void addExpression(StringBuilder text, Value written, boolean tellsText) {
        switch (written) {
            case Document document -> {
                text.append('{');
                for (Field field : document) {
                    boolean isValue = field.name().equals(LITERAL);
                    Value value = isValue ? Missing.INSTANCE : field.value();
                    addExpression(text.append(field.name()).append(':'), value, tellsText);
                }
                text.append('}');
            }
            case ArrayValue array -> {
                text.append('[');
                array.forEach(element -> addExpression(text, element, tellsText));
                text.append(']');
            }
            case StringValue string -> {
                boolean isPath = string.value().startsWith("$");
                text.append(isPath ? string.value() : tellsText ? "text" : "?");
            }
            default -> text.append('?');
        }
        text.append(',');
    }

    /** Whether it compares strings: only an index of the same collation serves it then. */
    private static boolean isOfText(ValueTest test) {
        return switch (test) {
            case Equal equal -> ValueOrder.holdsText(equal.value());
            case GreaterThan above -> ValueOrder.holdsText(above.bound());
            case GreaterOrEqual above -> ValueOrder.holdsText(above.bound());
            case LessThan below -> ValueOrder.holdsText(below.bound());
            case LessOrEqual below -> ValueOrder.holdsText(below.bound());
            case In in -> in.values().stream().anyMatch(ValueOrder::holdsText);
            default -> false;
        };
    }

    private static void add(StringBuilder text, List<Predicate> children, boolean tellsText) {
        text.append('(');
        for (Predicate child : children) {
            add(text, child, tellsText);
            text.append(',');
        }
        text.append(')');
    }

    /** Written out, as the next: each query looks for its shape. */
    @Override
    public boolean equals(Object other) {
        return other instanceof QueryShape that && window == that.window && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return 31 * text.hashCode() + window;
    }

    /** Whether they differ in how much is wanted of the results, if at all. */
    public boolean isLike(QueryShape other) {
        return text.equals(other.text);
    }

    /** A short name of the shape without its window, as explain and the plan cache show it. */
    public String hash() {
        return "%08X".formatted(text.hashCode());
    }

    /** A short name of the shape, under which a plan is remembered. */
    public String key() {
        return "%08X".formatted(hashCode());
    }
}

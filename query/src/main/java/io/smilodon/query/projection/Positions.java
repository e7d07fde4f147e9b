package io.smilodon.query.projection;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.value.Truth;
import java.util.List;
import java.util.Map;

/** The rules for {@code "list.$"} in a projection, with MongoDB's codes. Pure functions. */
final class Positions {

    private static final String END = ".$";

    private Positions() {}

    /** Whether a name has a {@code $} for a step. */
    static boolean isIn(String name) {
        return name.endsWith(END) || name.contains(END + ".");
    }

    /** The path before the {@code $}, which is the last step of a name that includes a field. */
    static String path(Field field, ExpressionScope scope) {
        String name = field.name();
        if (name.contains(END + ".")) {
            throw error(31394, "The positional operator stands at the end of a path only", scope)
                    .withHint("end the path with the first .$: the result is the same");
        }
        if (field.value() instanceof Document) {
            throw error(
                    31271,
                    "positional projection cannot be used with an expression or sub object",
                    scope);
        }
        boolean isSwitch =
                field.value() instanceof NumberValue || field.value() instanceof BooleanValue;
        if (!isSwitch) {
            throw error(31308, "positional projection cannot be used with a literal", scope);
        }
        if (!Truth.of(field.value())) {
            throw error(31395, "positional projection cannot be used with exclusion", scope);
        }
        if (name.equals(END)) {
            throw error(5392900, "The positional operator needs a path before it", scope);
        }
        return name.substring(0, name.length() - END.length());
    }

    static SmilodonException inStage(ExpressionScope scope) {
        return error(31324, "Cannot use positional projection in aggregation projection", scope);
    }

    /** Refuses a second one, and {@code $elemMatch} beside one. */
    static void check(List<Leaf> leaves) {
        boolean hasPosition = false;
        boolean hasFirstMatch = false;
        for (Leaf leaf : leaves) {
            boolean isPosition = leaf.action() instanceof Action.KeepMatched;
            boolean isFirstMatch = leaf.action() instanceof Action.Transform one && one.selects();
            if (isPosition && hasPosition) {
                throw error(
                        31276,
                        "Cannot specify more than one positional projection per query.",
                        leaf);
            }
            if (isPosition && hasFirstMatch || isFirstMatch && hasPosition) {
                throw error(
                        isPosition ? 31256 : 31255,
                        "Cannot specify positional operator and $elemMatch.",
                        leaf);
            }
            hasPosition |= isPosition;
            hasFirstMatch |= isFirstMatch;
        }
    }

    private static SmilodonException error(int code, String text, ExpressionScope scope) {
        return scope.error(ErrorCode.location(code), text, Map.of());
    }

    private static SmilodonException error(int code, String text, Leaf leaf) {
        return new SmilodonException(ErrorCode.location(code), text, Map.of("path", leaf.path()))
                .at(leaf.location());
    }
}

package io.smilodon.query.update;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ValueOrder;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The path of a field that an update changes. Paths order step by step: numbers by their value and
 * before names, names by their UTF-8 bytes. Updates are carried out in this order, so new fields
 * appear in it too.
 *
 * @param steps at least one; unmodifiable
 */
record UpdatePath(List<PathStep> steps) implements Comparable<UpdatePath> {

    UpdatePath {
        steps = List.copyOf(steps);
    }

    static UpdatePath parse(String dotted, Location location) {
        if (dotted.isEmpty()) {
            throw new SmilodonException(
                            ErrorCode.EMPTY_FIELD_NAME, "An empty update path is not valid.")
                    .at(location);
        }
        List<PathStep> steps = new ArrayList<>();
        for (String text : dotted.split("\\.", -1)) {
            steps.add(step(text, dotted, location));
        }
        if (steps.size() > Limits.NESTING_MAX) {
            throw new SmilodonException(
                            ErrorCode.OVERFLOW,
                            "The update path is longer than documents may nest",
                            Map.of("steps", steps.size(), "stepsMax", Limits.NESTING_MAX))
                    .at(location);
        }
        return new UpdatePath(steps);
    }

    private static PathStep step(String text, String dotted, Location location) {
        if (text.isEmpty()) {
            throw new SmilodonException(
                            ErrorCode.EMPTY_FIELD_NAME,
                            "The update path contains an empty field name, which is not allowed.",
                            Map.of("path", dotted))
                    .at(location);
        }
        if (text.equals("$") || text.startsWith("$[") && text.endsWith("]")) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "Positional operators in update paths are not supported",
                            Map.of("path", dotted, "operator", text))
                    .at(location)
                    .withHint("name the element by its index, as in 'grades.0'");
        }
        if (text.startsWith("$")) {
            throw new SmilodonException(
                            ErrorCode.DOLLAR_PREFIXED_FIELD_NAME,
                            "The dollar ($) prefixed field is not valid for storage.",
                            Map.of("field", text, "path", dotted))
                    .at(location);
        }
        return new PathStep.Named(text);
    }

    String dotted() {
        return steps.stream().map(PathStep::text).collect(Collectors.joining("."));
    }

    /** As much of it, as text, as is the same in every document. */
    String fixed() {
        int length = 0;
        while (length < steps.size() && steps.get(length) instanceof PathStep.Named) {
            length++;
        }
        return prefix(length);
    }

    /** The path of the first steps, as text. */
    String prefix(int length) {
        return new UpdatePath(steps.subList(0, length)).dotted();
    }

    boolean isPrefixOf(UpdatePath other) {
        return other.steps.size() >= steps.size()
                && other.steps.subList(0, steps.size()).equals(steps);
    }

    @Override
    public int compareTo(UpdatePath other) {
        int common = Math.min(steps.size(), other.steps.size());
        for (int i = 0; i < common; i++) {
            int byStep = compare(steps.get(i), other.steps.get(i));
            if (byStep != 0) {
                return byStep;
            }
        }
        return Integer.compare(steps.size(), other.steps.size());
    }

    private static int compare(PathStep left, PathStep right) {
        if (left.isIndex() && right.isIndex()) {
            return new BigInteger(left.text()).compareTo(new BigInteger(right.text()));
        }
        if (left.isIndex() != right.isIndex()) {
            return left.isIndex() ? -1 : 1;
        }
        return ValueOrder.compareText(left.text(), right.text());
    }
}

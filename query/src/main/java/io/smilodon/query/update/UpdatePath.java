package io.smilodon.query.update;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.predicate.Predicate;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** Reads a path that names every step. */
    static UpdatePath parse(String dotted, Location location) {
        return parse(dotted, location, ArrayFilters.none());
    }

    /** Reads a path; {@code $[name]} in it refers to one of the filters. */
    static UpdatePath parse(String dotted, Location location, ArrayFilters filters) {
        List<PathStep> steps = new ArrayList<>();
        for (PathStep.Named name : names(dotted, location)) {
            PathStep step = step(name, dotted, location, filters);
            if (steps.isEmpty()) {
                checkFirst(step, dotted, location);
            }
            steps.add(step);
        }
        if (count(steps, PathStep.Matched.class) > 1) {
            throw bad("Too many positional (i.e. '$') elements found in path", dotted)
                    .at(location)
                    .withHint("use $[] or $[name] for the other arrays");
        }
        return new UpdatePath(steps);
    }

    /** Reads a path as filters do: every step is the name of a field, {@code $} too. */
    static UpdatePath ofFields(String dotted, Location location) {
        return new UpdatePath(List.copyOf(names(dotted, location)));
    }

    private static List<PathStep.Named> names(String dotted, Location location) {
        if (dotted.isEmpty()) {
            throw new SmilodonException(
                            ErrorCode.EMPTY_FIELD_NAME, "An empty update path is not valid.")
                    .at(location);
        }
        String[] names = dotted.split("\\.", -1);
        if (Arrays.asList(names).contains("")) {
            throw new SmilodonException(
                            ErrorCode.EMPTY_FIELD_NAME,
                            "The update path contains an empty field name, which is not allowed.",
                            Map.of("path", dotted))
                    .at(location);
        }
        if (names.length > Limits.NESTING_MAX) {
            throw new SmilodonException(
                            ErrorCode.OVERFLOW,
                            "The update path is longer than documents may nest",
                            Map.of("steps", names.length, "stepsMax", Limits.NESTING_MAX))
                    .at(location);
        }
        List<PathStep.Named> steps = new ArrayList<>(names.length);
        for (String name : names) {
            steps.add(new PathStep.Named(name));
        }
        return steps;
    }

    private static int count(List<PathStep> steps, Class<? extends PathStep> kind) {
        int count = 0;
        for (int at = 0; at < steps.size(); at++) {
            count += kind.isInstance(steps.get(at)) ? 1 : 0;
        }
        return count;
    }

    /** Further in, a name may start with a dollar sign, as in MongoDB. */
    private static void checkFirst(PathStep step, String dotted, Location location) {
        if (!(step instanceof PathStep.Named)) {
            throw bad("Cannot have a positional element in the first position", dotted)
                    .at(location);
        }
        if (step.text().startsWith("$")) {
            throw new SmilodonException(
                            ErrorCode.DOLLAR_PREFIXED_FIELD_NAME,
                            "The dollar ($) prefixed field is not valid for storage.",
                            Map.of("field", step.text(), "path", dotted))
                    .at(location);
        }
    }

    private static SmilodonException bad(String text, String dotted) {
        return new SmilodonException(ErrorCode.BAD_VALUE, text, Map.of("path", dotted));
    }

    private static PathStep step(
            PathStep.Named field, String dotted, Location location, ArrayFilters filters) {
        String text = field.text();
        if (text.equals(PathStep.Matched.TEXT)) {
            return new PathStep.Matched();
        }
        if (text.startsWith(PathStep.Elements.OPEN) && text.endsWith(PathStep.Elements.CLOSE)) {
            String name = text.substring(PathStep.Elements.OPEN.length(), text.length() - 1);
            Predicate filter =
                    name.isEmpty() ? Predicate.everything() : filters.use(name, dotted, location);
            return new PathStep.Elements(name, filter);
        }
        return field;
    }

    String dotted() {
        return steps.stream().map(PathStep::text).collect(Collectors.joining("."));
    }

    /** Where it leads in any document. */
    TouchedPath touched(boolean isAppended) {
        List<String> fixed = new ArrayList<>(steps.size());
        for (PathStep step : steps) {
            if (!(step instanceof PathStep.Named)) {
                break;
            }
            fixed.add(step.text());
        }
        return new TouchedPath(new FieldPath(fixed), steps.size(), isAppended);
    }

    /** Whether it has a {@code $}. */
    boolean usesMatch() {
        return count(steps, PathStep.Matched.class) > 0;
    }

    /** Whether it leads to elements that are not named by an index, as {@code $[]} does. */
    boolean isPositional() {
        return count(steps, PathStep.Named.class) < steps.size();
    }

    /** This path with that index instead of {@code $}. */
    UpdatePath at(int position) {
        PathStep index = new PathStep.Named(Integer.toString(position));
        return new UpdatePath(
                steps.stream()
                        .map(step -> step instanceof PathStep.Matched ? index : step)
                        .toList());
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

    /** Digits without leading zeros, of any number: the longer one is greater. */
    private static int compareNumbers(String left, String right) {
        int byLength = Integer.compare(left.length(), right.length());
        return byLength != 0 ? byLength : left.compareTo(right);
    }

    private static int compare(PathStep left, PathStep right) {
        if (left instanceof PathStep.Elements && right instanceof PathStep.Elements) {
            return 0; // they may mean the same element: what follows them decides
        }
        if (left.isIndex() && right.isIndex()) {
            return compareNumbers(left.text(), right.text());
        }
        if (left.isIndex() != right.isIndex()) {
            return left.isIndex() ? -1 : 1;
        }
        return ValueOrder.compareText(left.text(), right.text());
    }
}

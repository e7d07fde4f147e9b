package io.smilodon.engine.value;

import java.util.List;

/**
 * A dotted path into a document, such as {@code address.city} or {@code tags.0}. Which meaning a
 * numeric step has (array index, field name or both) is up to whoever walks the path.
 *
 * @param steps at least one; unmodifiable
 */
public record FieldPath(List<String> steps) {

    public FieldPath {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a path has at least one step");
        }
    }

    /** Splits at dots. Empty steps are kept: callers that refuse them have their own errors. */
    public static FieldPath parse(String dotted) {
        return new FieldPath(List.of(dotted.split("\\.", -1)));
    }

    public String first() {
        return steps.get(0);
    }

    public int length() {
        return steps.size();
    }

    /** The path of the first {@code length} steps. */
    public FieldPath prefix(int length) {
        return new FieldPath(steps.subList(0, length));
    }

    public FieldPath child(String step) {
        return parse(dotted() + "." + step);
    }

    /** Whether the other path is this one or lies below it. */
    public boolean isPrefixOf(FieldPath other) {
        return other.length() >= length() && other.steps.subList(0, length()).equals(steps);
    }

    /** Whether one of the two paths is the other, or lies below it. */
    public boolean isInLineWith(FieldPath other) {
        int common = Math.min(length(), other.length());
        for (int step = 0; step < common; step++) {
            if (!steps.get(step).equals(other.steps.get(step))) {
                return false;
            }
        }
        return true;
    }

    public String dotted() {
        return String.join(".", steps);
    }

    /** Whether a name that begins with a dollar sign is one of a reference's: {@code $id}. */
    public static boolean isOfReference(String step) {
        return step.equals("$id") || step.equals("$ref") || step.equals("$db");
    }

    /** Whether the step could be an array index: digits without a leading zero, or "0". */
    public static boolean isIndex(String step) {
        if (step.isEmpty() || step.length() > 9 || (step.length() > 1 && step.charAt(0) == '0')) {
            return false;
        }
        for (int at = 0; at < step.length(); at++) {
            if (step.charAt(at) < '0' || step.charAt(at) > '9') {
                return false;
            }
        }
        return true;
    }

    /** Written out, as the next: paths are compared all the time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof FieldPath that && steps.equals(that.steps);
    }

    @Override
    public int hashCode() {
        return steps.hashCode();
    }

    @Override
    public String toString() {
        return dotted();
    }
}

package io.smilodon.index.key;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * A {@code wildcardProjection} as it is read and checked: which paths it includes and which it
 * excludes. Not thread-safe.
 */
final class WildcardProjection {

    private static final ErrorCode NO_NUMBER = ErrorCode.location(51271);
    private static final ErrorCode EXCLUDED_AMONG_INCLUDED = ErrorCode.location(31254);
    private static final ErrorCode INCLUDED_AMONG_EXCLUDED = ErrorCode.location(31253);
    private static final ErrorCode OVERLAPPING = ErrorCode.location(7246200);
    private static final ErrorCode INCLUDES_INDEXED = ErrorCode.location(7246208);
    private static final ErrorCode LACKS_INDEXED = ErrorCode.location(7246209);
    private static final ErrorCode LACKS_LAST_INDEXED = ErrorCode.location(7246210);
    private static final ErrorCode MIXED = ErrorCode.location(7246211);

    private static final FieldPath ID = FieldPath.parse("_id");

    /** Step by step, a path before what lies below it. */
    private static final Comparator<FieldPath> BY_STEPS = WildcardProjection::compare;

    private final Location location;
    private final List<FieldPath> included = new ArrayList<>();
    private final List<FieldPath> excluded = new ArrayList<>();

    /** Whether a path but {@code _id} has been read. */
    private boolean hasOthers;

    /** Whether the first of them is included. */
    private boolean beginsWithIncluded;

    private WildcardProjection(Location location) {
        this.location = location;
    }

    /**
     * Reads what a user wrote.
     *
     * @throws SmilodonException 9 for an empty one, 51271 for what neither includes nor excludes
     */
    static WildcardProjection read(Document projection, Location location) {
        WildcardProjection read = new WildcardProjection(location);
        read.fields("", projection);
        if (read.included.isEmpty() && read.excluded.isEmpty()) {
            throw new SmilodonException(
                            ErrorCode.FAILED_TO_PARSE,
                            "The 'wildcardProjection' field can't be an empty object")
                    .at(location);
        }
        return read;
    }

    private void fields(String prefix, Document document) {
        for (Field field : document) {
            String path = prefix + field.name();
            if (field.value() instanceof Document inner && !inner.isEmpty()) {
                fields(path + ".", inner);
            } else {
                add(FieldPath.parse(path), isIncluded(path, field.value()));
            }
        }
    }

    private void add(FieldPath path, boolean isIncluded) {
        if (!hasOthers) {
            beginsWithIncluded = isIncluded;
            hasOthers = !path.equals(ID);
        }
        (isIncluded ? included : excluded).add(path);
    }

    private boolean isIncluded(String path, Value value) {
        return switch (value) {
            case BooleanValue flag -> flag.value();
            case NumberValue number -> number.toDouble() != 0;
            case Value other ->
                    throw new SmilodonException(
                                    NO_NUMBER,
                                    "A wildcardProjection includes or excludes fields",
                                    Map.of("field", path, "actual", other.type().alias()))
                            .at(location.child(path));
        };
    }

    /** Naming only {@code _id} includes it alone, or excludes it alone. */
    WildcardScope scope() {
        boolean includesId = included.contains(ID);
        boolean onlyIncludes = without(excluded).isEmpty() && !included.isEmpty();
        NavigableSet<String> named = new TreeSet<>();
        without(onlyIncludes ? included : excluded).forEach(path -> named.add(path.dotted()));
        if (includesId == onlyIncludes) {
            named.add(ID.dotted());
        }
        return new WildcardScope(named, onlyIncludes);
    }

    private static List<FieldPath> without(List<FieldPath> paths) {
        return paths.stream().filter(path -> !path.equals(ID)).toList();
    }

    /** All but {@code _id} are included, or all are excluded. */
    void checkAlone() {
        List<FieldPath> in = without(included);
        List<FieldPath> out = without(excluded);
        if (!in.isEmpty() && !out.isEmpty()) {
            throw refused(
                    beginsWithIncluded ? EXCLUDED_AMONG_INCLUDED : INCLUDED_AMONG_EXCLUDED,
                    "A wildcardProjection cannot both include and exclude fields",
                    (beginsWithIncluded ? out : in).get(0));
        }
    }

    /** What the wildcard reaches and the other fields of the index are different fields. */
    void checkBeside(KeyPattern pattern) {
        checkDisjoint(included);
        checkDisjoint(excluded);
        boolean isMixed = !included.isEmpty() && !excluded.isEmpty();
        boolean excludesIdOnly = excluded.equals(List.of(ID));
        if (isMixed && !excludesIdOnly && !included.equals(List.of(ID))) {
            throw refused(
                    MIXED,
                    "A wildcardProjection cannot both include and exclude fields",
                    excluded.get(0));
        }
        List<FieldPath> indexed =
                pattern.parts().stream()
                        .filter(part -> part.kind() != PartKind.WILDCARD)
                        .map(KeyPart::path)
                        .sorted(BY_STEPS)
                        .toList();
        if (!excluded.isEmpty() && !(isMixed && excludesIdOnly)) {
            checkExcluded(indexed);
        }
        for (FieldPath field : indexed) {
            if (reaches(included, field)) {
                throw refused(
                        INCLUDES_INDEXED,
                        "Index Key and Wildcard Projection cannot contain overlapping fields",
                        field);
            }
        }
    }

    private void checkExcluded(List<FieldPath> indexed) {
        for (FieldPath field : indexed) {
            if (!reaches(excluded, field)) {
                boolean isLast =
                        excluded.stream().allMatch(path -> BY_STEPS.compare(path, field) < 0);
                throw refused(
                        isLast ? LACKS_LAST_INDEXED : LACKS_INDEXED,
                        "wildcardProjection paths must exclude all regular index fields",
                        field);
            }
        }
    }

    private static boolean reaches(List<FieldPath> paths, FieldPath field) {
        return paths.stream().anyMatch(path -> path.isPrefixOf(field));
    }

    private void checkDisjoint(List<FieldPath> paths) {
        List<FieldPath> sorted = paths.stream().sorted(BY_STEPS).toList();
        for (int i = 1; i < sorted.size(); i++) {
            FieldPath path = sorted.get(i);
            if (sorted.get(i - 1).isPrefixOf(path)) {
                throw refused(OVERLAPPING, "Fields in Wildcard Projection cannot overlap", path);
            }
        }
    }

    private static int compare(FieldPath left, FieldPath right) {
        int common = Math.min(left.length(), right.length());
        for (int step = 0; step < common; step++) {
            int order = left.steps().get(step).compareTo(right.steps().get(step));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    private SmilodonException refused(ErrorCode code, String template, FieldPath field) {
        return new SmilodonException(code, template, Map.of("field", field))
                .at(location.child(field.dotted()));
    }
}

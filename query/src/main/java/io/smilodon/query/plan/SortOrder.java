package io.smilodon.query.plan;

import io.smilodon.engine.value.Direction;
import io.smilodon.query.sort.SortPart;
import io.smilodon.query.sort.SortPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Finds out whether an index scan hands documents on in the order of a sort.
 *
 * <p>It does if, after parts bound to one value, the next parts are the sort's fields, all in its
 * directions or all reversed. A field that is an array sorts by its lowest or highest element: a
 * scan meets that one first only if all of the field's keys are scanned, and none is left out
 * because of another part inside the same array.
 */
final class SortOrder {

    private final IndexAccess access;
    private final IndexCandidate index;
    private final List<Integer> parts = new ArrayList<>();
    private Optional<Direction> direction = Optional.empty();

    private SortOrder(IndexAccess access) {
        this.access = access;
        this.index = access.index();
    }

    /**
     * How the order comes about.
     *
     * @param direction which way to scan
     * @param parts for each field of the sort, the key part that holds it
     */
    record Provided(Direction direction, List<Integer> parts) {}

    /** Empty if the scan does not provide the order. */
    static Optional<Provided> of(IndexAccess access, SortPattern sort) {
        SortOrder order = new SortOrder(access);
        return !access.index().traits().holdsCutKeys()
                        && !sort.readsMetadata()
                        && order.isProvided(sort)
                ? Optional.of(new Provided(order.direction.orElse(Direction.FORWARD), order.parts))
                : Optional.empty();
    }

    private boolean isProvided(SortPattern sort) {
        int next = 0;
        for (SortPart field : sort.parts()) {
            int constant = constantPart(field);
            if (constant >= 0) {
                parts.add(constant);
                continue;
            }
            while (next < index.pattern().length()
                    && !index.pattern().part(next).path().equals(field.path())
                    && access.bounds().part(next).isPoint()) {
                next++;
            }
            if (!continues(next, field) || !showsLowestFirst(next)) {
                return false;
            }
            parts.add(next);
            next++;
        }
        return true;
    }

    /** The part that has the same value in all entries of the scan; -1 if there is none. */
    private int constantPart(SortPart field) {
        OptionalInt part = index.pattern().indexOf(field.path().dotted());
        return part.isPresent()
                        && !index.isMultikey(part.getAsInt())
                        && index.holdsValues(part.getAsInt())
                        && access.bounds().part(part.getAsInt()).isPoint()
                ? part.getAsInt()
                : -1;
    }

    private boolean continues(int part, SortPart field) {
        if (part == index.pattern().length()
                || !index.pattern().part(part).path().equals(field.path())
                || !index.holdsValues(part)
                || !index.comparesAlike() && access.bounds().part(part).isOrderedByCollation()) {
            return false;
        }
        Direction needed =
                index.pattern().part(part).isDescending() != field.isAscending()
                        ? Direction.FORWARD
                        : Direction.BACKWARD;
        if (direction.isEmpty()) {
            direction = Optional.of(needed);
        }
        return direction.get() == needed;
    }

    private boolean showsLowestFirst(int part) {
        if (index.namesElement(part)) {
            return false; // a sort looks into an array at an index, the index's key is the array
        }
        if (index.isMultikey(part) && (isBound(part) || mayLackLowest(part))) {
            return false;
        }
        for (int other = 0; other < index.pattern().length(); other++) {
            if (other != part && isBound(other) && index.sharedArray(part, other) > 0) {
                return false;
            }
        }
        return true;
    }

    private boolean isBound(int part) {
        return !access.bounds().part(part).isAll();
    }

    /** A sparse index leaves out the null of an element that lacks the field. */
    private boolean mayLackLowest(int part) {
        return index.definition().options().sparse()
                && index.pattern().part(part).path().length() > 1;
    }
}

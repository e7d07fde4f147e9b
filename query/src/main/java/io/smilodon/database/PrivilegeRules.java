package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import io.smilodon.query.predicate.Near;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.PredicateParser;
import io.smilodon.query.predicate.TextTest;
import io.smilodon.query.projection.ProjectionParser;
import io.smilodon.query.update.DocumentRules;
import io.smilodon.query.update.Update;
import io.smilodon.security.AccessRules;
import io.smilodon.security.Action;
import io.smilodon.security.Privilege;
import java.util.Set;

/** Checks the rules of a privilege before they are kept or used. Pure functions. */
public final class PrivilegeRules {

    /** What a user's name may be compared by; it could mean something else in other places. */
    private static final Set<String> COMPARING =
            Set.of(
                    "$all",
                    "$and",
                    "$elemMatch",
                    "$eq",
                    "$gt",
                    "$gte",
                    "$in",
                    "$lt",
                    "$lte",
                    "$ne",
                    "$nin",
                    "$nor",
                    "$not",
                    "$or");

    private PrivilegeRules() {}

    /**
     * Refuses what can be no privilege.
     *
     * @throws SmilodonException with the place, for rules that are none, and for a privilege that
     *     cannot have them
     */
    public static void check(Privilege privilege, Location place) {
        AccessRules rules = privilege.rules();
        if (rules.isNone()) {
            return;
        }
        for (Field rule : rules.fields()) {
            check(rule, place.child(rule.name()));
        }
        if (privilege.resource().database().isEmpty()
                || privilege.resource().collection().isEmpty()) {
            throw refused("Rules are about one collection, named with its database")
                    .at(place.child("resource"));
        }
        Set<Action> actions = privilege.actions();
        if (!AccessRules.ACTIONS.containsAll(actions)) {
            throw refused("With some documents only find, insert, update and remove are allowed")
                    .at(place.child("actions"));
        }
        boolean changes = actions.contains(Action.UPDATE) || actions.contains(Action.REMOVE);
        if (changes && rules.fields().has(AccessRules.PROJECTION)) {
            throw refused("Who does not see whole documents may not change or remove them")
                    .at(place.child(AccessRules.PROJECTION));
        }
    }

    private static void check(Field rule, Location place) {
        if (!(rule.value() instanceof Document written)) {
            throw new SmilodonException(ErrorCode.TYPE_MISMATCH, "A rule is an object").at(place);
        }
        switch (rule.name()) {
            case AccessRules.PROJECTION -> ProjectionParser.project(written, place, Set.of());
            case AccessRules.MERGED -> checkMerged(written, place);
            default -> checkFilter(written, place);
        }
    }

    private static void checkFilter(Document written, Location place) {
        Predicate filter = PredicateParser.parseQuery(written, place, Set.of());
        if (TextTest.in(filter).isPresent() || Near.isIn(filter)) {
            throw refused("A rule cannot search").at(place);
        }
        checkNames(written, place);
    }

    private static void checkMerged(Document written, Location place) {
        Update.ofFields(written);
        if (written.has(DocumentRules.ID)) {
            throw refused("Nobody's _id is given by a rule").at(place.child(DocumentRules.ID));
        }
        for (Field field : written) {
            if (field.name().indexOf('.') >= 0) {
                throw refused("A rule gives fields of the document itself, not of those inside")
                        .at(place.child(field.name()));
            }
        }
    }

    private static void checkNames(Value value, Location place) {
        if (value instanceof ArrayValue array) {
            array.forEach(element -> checkNames(element, place));
        }
        if (value instanceof Document document) {
            for (Field field : document) {
                Location inside = place.child(field.name());
                boolean isComparing =
                        !field.name().startsWith("$") || COMPARING.contains(field.name());
                if (!isComparing && namesUser(field.value())) {
                    throw refused("Users are named where values are compared, and nowhere else")
                            .at(inside);
                }
                checkNames(field.value(), inside);
            }
        }
    }

    private static boolean namesUser(Value value) {
        if (value instanceof ArrayValue array) {
            return array.elements().stream().anyMatch(PrivilegeRules::namesUser);
        }
        if (value instanceof Document document) {
            for (Field field : document) {
                if (namesUser(field.value())) {
                    return true;
                }
            }
        }
        return value.equals(AccessRules.USER) || value.equals(AccessRules.DATABASE);
    }

    private static SmilodonException refused(String text) {
        return new SmilodonException(ErrorCode.BAD_VALUE, text);
    }
}

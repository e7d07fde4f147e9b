package io.smilodon.database.command;

import io.smilodon.database.PrivilegeRules;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.security.AccessRules;
import io.smilodon.security.Action;
import io.smilodon.security.Origin;
import io.smilodon.security.Privilege;
import io.smilodon.security.Resource;
import io.smilodon.security.RoleName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * The values that the commands about users and roles have in common. Their senders' rights depend
 * on these, so they are read before anything else is.
 */
final class UserArguments {

    static final String ROLES = "roles";
    static final String PRIVILEGES = "privileges";
    static final String RESTRICTIONS = "authenticationRestrictions";

    private UserArguments() {}

    /**
     * How something is named: by a text, in a database, or by an object that says its own.
     *
     * @param part the field of the object that has the name
     * @param database where a mere text names something
     */
    record Naming<T>(String part, String database, BiFunction<String, String, T> name) {

        private T read(Value value, Location place) {
            if (value instanceof StringValue text) {
                return name.apply(text.value(), database);
            }
            if (value instanceof Document full
                    && full.size() == 2
                    && full.get(part) instanceof StringValue own
                    && full.get("db") instanceof StringValue other) {
                return name.apply(own.value(), other.value());
            }
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "Names are strings, or objects of two strings",
                            Map.of(
                                    "expected",
                                    "{" + part + ", db}",
                                    "actual",
                                    value.type().alias()))
                    .at(place);
        }
    }

    /** The roles of a command, each once. */
    static List<RoleName> roles(Document command, String database) {
        Naming<RoleName> naming = new Naming<>("role", database, RoleName::new);
        return names(command.get(ROLES), Location.ROOT.child(ROLES), naming);
    }

    /**
     * Names, each once.
     *
     * @param value an array; anything else is one name, and what is absent none
     */
    static <T> List<T> names(Value value, Location place, Naming<T> naming) {
        Set<T> names = new LinkedHashSet<>();
        if (value instanceof ArrayValue elements) {
            elements.forEach(element -> names.add(naming.read(element, place)));
        } else if (value != Missing.INSTANCE) {
            names.add(naming.read(value, place));
        }
        return List.copyOf(names);
    }

    /** The privileges of a command: <code>[{resource, actions}]</code>. */
    static List<Privilege> privileges(Document command) {
        Location place = Location.ROOT.child(PRIVILEGES);
        List<Privilege> privileges = new ArrayList<>();
        if (command.get(PRIVILEGES) instanceof ArrayValue elements) {
            for (Value element : elements) {
                privileges.add(privilege(element, place.child(privileges.size())));
            }
        }
        return privileges;
    }

    private static Privilege privilege(Value written, Location place) {
        if (written instanceof Document privilege
                && AccessRules.areAllIn(privilege)
                && privilege.get("resource") instanceof Document resource
                && privilege.get("actions") instanceof ArrayValue actions) {
            Privilege read =
                    new Privilege(
                            resource(resource, place.child("resource")),
                            actions(actions, place.child("actions")),
                            AccessRules.in(privilege));
            PrivilegeRules.check(read, place);
            return read;
        }
        throw new SmilodonException(ErrorCode.FAILED_TO_PARSE, "A privilege is {resource, actions}")
                .at(place);
    }

    private static Resource resource(Document written, Location place) {
        if (written.size() == 1 && BooleanValue.TRUE.equals(written.get("cluster"))) {
            return Resource.CLUSTER;
        }
        if (written.size() == 1 && BooleanValue.TRUE.equals(written.get("anyResource"))) {
            return Resource.ANYTHING;
        }
        if (written.size() == 2
                && written.get("db") instanceof StringValue database
                && written.get("collection") instanceof StringValue collection) {
            return Resource.collection(database.value(), collection.value());
        }
        throw new SmilodonException(
                        ErrorCode.FAILED_TO_PARSE,
                        "A resource is {db, collection}, {cluster: true} or {anyResource: true}")
                .at(place);
    }

    private static Set<Action> actions(ArrayValue labels, Location place) {
        Set<Action> actions = EnumSet.noneOf(Action.class);
        Set<String> unknown = new TreeSet<>();
        for (Value label : labels) {
            String text = label instanceof StringValue string ? string.value() : label.toString();
            Action.find(text).ifPresentOrElse(actions::add, () -> unknown.add(text));
        }
        if (!unknown.isEmpty()) {
            throw new SmilodonException(
                            ErrorCode.FAILED_TO_PARSE,
                            "Unrecognized action privilege strings: " + String.join(",", unknown))
                    .at(place);
        }
        return actions;
    }

    /** From where users may log in: <code>[{clientSource, serverAddress}]</code>. */
    static ArrayValue restrictions(Document command) {
        Location place = Location.ROOT.child(RESTRICTIONS);
        if (!(command.get(RESTRICTIONS) instanceof ArrayValue elements)) {
            return ArrayValue.EMPTY;
        }
        for (Value element : elements) {
            if (!(element instanceof Document restriction)) {
                throw new SmilodonException(ErrorCode.TYPE_MISMATCH, "A restriction is an object")
                        .at(place);
            }
            restriction.forEach(field -> checkRestriction(field, place));
        }
        return elements;
    }

    private static void checkRestriction(Field field, Location place) {
        boolean isKnown =
                field.name().equals("clientSource") || field.name().equals("serverAddress");
        if (!isKnown) {
            throw new SmilodonException(
                            ErrorCode.location(40415),
                            "BSON field '"
                                    + RESTRICTIONS
                                    + "."
                                    + field.name()
                                    + "' is an unknown field.")
                    .at(place);
        }
        if (!Origin.isRanges(field.value())) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "Addresses are in digits, with the length of the network or without",
                            Map.of("field", field.name(), "example", "192.0.2.0/24"))
                    .at(place.child(field.name()));
        }
    }
}

package io.smilodon.security;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which documents of a collection a privilege is about, and how it shows and changes them: {@code
 * {readFilter?, projectResponse?, writeFilter?, mergeRequest?}}, each an object. Immutable.
 *
 * @param fields those that it has; empty for a privilege that is about the whole collection
 */
public record AccessRules(Document fields) {

    /** The filter of the documents that may be seen. */
    public static final String READ_FILTER = "readFilter";

    /** The projection that shows them. */
    public static final String PROJECTION = "projectResponse";

    /** The filter that documents match before and after they are written. */
    public static final String WRITE_FILTER = "writeFilter";

    /** Fields that every document gets that is written. */
    public static final String MERGED = "mergeRequest";

    /** All of them. */
    public static final List<String> NAMES = List.of(READ_FILTER, PROJECTION, WRITE_FILTER, MERGED);

    /** What may be allowed with some documents only. */
    public static final Set<Action> ACTIONS =
            Collections.unmodifiableSet(
                    EnumSet.of(Action.FIND, Action.INSERT, Action.UPDATE, Action.REMOVE));

    /** As a whole value it stands for the name of the user. */
    public static final StringValue USER = new StringValue("@user");

    /** As a whole value it stands for the database that the user belongs to. */
    public static final StringValue DATABASE = new StringValue("@db");

    /** Those of a privilege that is about the whole collection. */
    public static final AccessRules NONE = new AccessRules(Document.EMPTY);

    /** In the place of those that are not understood: who is allowed by them gets an error. */
    static final AccessRules NOT_UNDERSTOOD =
            new AccessRules(Document.of("notUnderstood", BooleanValue.TRUE));

    /** Whether a privilege has nothing but what it is about, actions and these. */
    public static boolean areAllIn(Document privilege) {
        return privilege.size() == 2 + in(privilege).fields().size();
    }

    /** Those that stand in a privilege. */
    public static AccessRules in(Document privilege) {
        DocumentBuilder rules = Document.builder();
        for (String name : NAMES) {
            if (privilege.has(name)) {
                rules.put(name, privilege.get(name));
            }
        }
        return new AccessRules(rules.build());
    }

    /** Whether there are none. */
    public boolean isNone() {
        return fields.isEmpty();
    }

    /**
     * One of them; empty if it is not there.
     *
     * @throws SmilodonException {@code Unauthorized} if they are not understood
     */
    public Document rule(String name) {
        if (equals(NOT_UNDERSTOOD)) {
            throw new SmilodonException(
                    ErrorCode.UNAUTHORIZED,
                    "not authorized: the rules of a privilege are not understood");
        }
        return fields.get(name) instanceof Document rule ? rule : Document.EMPTY;
    }

    /** The same about a certain user. The projection is the same for everybody. */
    AccessRules of(UserName user) {
        DocumentBuilder bound = Document.builder();
        for (Field field : fields) {
            boolean isBound = !field.name().equals(PROJECTION);
            bound.put(field.name(), isBound ? bound(field.value(), user) : field.value());
        }
        return new AccessRules(bound.build());
    }

    private static Value bound(Value value, UserName user) {
        if (value instanceof Document document) {
            DocumentBuilder bound = Document.builder();
            document.forEach(field -> bound.put(field.name(), bound(field.value(), user)));
            return bound.build();
        }
        if (value instanceof ArrayValue array) {
            return ArrayValue.of(
                    array.elements().stream().map(element -> bound(element, user)).toList());
        }
        if (value.equals(USER)) {
            return Value.of(user.user());
        }
        return value.equals(DATABASE) ? Value.of(user.database()) : value;
    }
}

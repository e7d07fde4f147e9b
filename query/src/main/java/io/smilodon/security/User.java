package io.smilodon.security;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A user as it is kept: <code>{_id, userId, user, db, credentials, customData?, roles,
 * authenticationRestrictions?}</code>.
 */
public record User(Document stored) {

    static final String ROLES = "roles";
    static final String RESTRICTIONS = "authenticationRestrictions";

    /** One that is not kept. */
    static User ofStranger(UserName name, Collection<RoleName> roles) {
        return new User(
                Document.builder()
                        .put("user", name.user())
                        .put("db", name.database())
                        .put(ROLES, RoleName.toArray(roles))
                        .build());
    }

    public UserName name() {
        return new UserName(text(stored, "user"), text(stored, "db"));
    }

    /** What tells the user from another of the same name who came later: a UUID. */
    public Value id() {
        return stored.get("userId");
    }

    /** What is kept of the password, by the name of a mechanism. */
    public Optional<Document> credentials(String mechanism) {
        return stored.get("credentials") instanceof Document all
                        && all.get(mechanism) instanceof Document found
                ? Optional.of(found)
                : Optional.empty();
    }

    /** Whether it is still the password of then. */
    public boolean hasPasswordOf(User before) {
        return stored.get("credentials").equals(before.stored.get("credentials"));
    }

    /** By which mechanisms the user can log in. */
    public List<String> mechanisms() {
        List<String> names = new ArrayList<>();
        if (stored.get("credentials") instanceof Document all) {
            all.forEach(field -> names.add(field.name()));
        }
        return names;
    }

    /** The roles that were granted to the user, without those that these inherit. */
    public List<RoleName> roles() {
        return roles(stored);
    }

    /** The roles of a stored user or role; what is none is left out: it allows nothing. */
    static List<RoleName> roles(Document stored) {
        List<RoleName> roles = new ArrayList<>();
        if (stored.get(ROLES) instanceof ArrayValue elements) {
            for (Value element : elements) {
                if (element instanceof Document role) {
                    roles.add(new RoleName(text(role, "role"), text(role, "db")));
                }
            }
        }
        return roles;
    }

    static String text(Document document, String field) {
        return document.get(field) instanceof StringValue text ? text.value() : "";
    }
}

package io.smilodon.database.command;

import io.smilodon.database.action.Body;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.security.Logins;
import io.smilodon.security.RoleName;
import io.smilodon.security.UserChange;
import io.smilodon.security.UserName;
import io.smilodon.security.scram.ScramCredentials;
import io.smilodon.security.scram.ScramMechanism;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a command makes of a user: above all what is kept in the place of a password. */
final class UserCredentials {

    static final String MECHANISMS = "mechanisms";

    /** Whether the password is to be digested here; older shells did that. */
    static final String DIGESTS = "digestPassword";

    private static final String PASSWORD = "pwd";

    private UserCredentials() {}

    static void checkName(UserName name) {
        if (name.database().equals("local") || name.database().equals("$external")) {
            throw UserCommands.refused(
                    "Cannot create users in the " + name.database() + " database");
        }
        if (name.user().isEmpty()) {
            throw UserCommands.refused("User document needs 'user' field to be non-empty");
        }
        if (name.user().indexOf('\0') >= 0) {
            throw UserCommands.refused("Username cannot contain NULL characters");
        }
    }

    static void checkChanges(Invocation invocation) {
        boolean isAny =
                Stream.of(
                                PASSWORD,
                                MECHANISMS,
                                "customData",
                                UserArguments.ROLES,
                                UserArguments.RESTRICTIONS)
                        .anyMatch(invocation.body()::has);
        if (!isAny) {
            throw UserCommands.refused("Must specify at least one field to update in updateUser");
        }
    }

    /** What the command changes; its password is hashed, which takes a while. */
    static UserChange change(Invocation invocation, UserName name, List<RoleName> roles) {
        Body body = invocation.body();
        List<ScramMechanism> mechanisms = mechanisms(body);
        Optional<Document> credentials =
                body.text(PASSWORD)
                        .map(password -> credentials(invocation, name, mechanisms, password));
        return new UserChange(
                credentials,
                body.has(MECHANISMS)
                        ? Optional.of(mechanisms.stream().map(ScramMechanism::label).toList())
                        : Optional.empty(),
                body.has("customData")
                        ? Optional.of(body.document("customData"))
                        : Optional.empty(),
                body.has(UserArguments.ROLES) ? Optional.of(roles) : Optional.empty(),
                body.has(UserArguments.RESTRICTIONS)
                        ? Optional.of(UserArguments.restrictions(body.fields()))
                        : Optional.empty());
    }

    private static List<ScramMechanism> mechanisms(Body body) {
        if (!(body.value(MECHANISMS) instanceof ArrayValue named)) {
            return List.of(ScramMechanism.values());
        }
        if (named.isEmpty()) {
            throw UserCommands.refused("mechanisms field must not be empty");
        }
        List<ScramMechanism> mechanisms = new ArrayList<>();
        for (Value element : named) {
            String name = element instanceof StringValue text ? text.value() : element.toString();
            mechanisms.add(
                    ScramMechanism.named(name)
                            .orElseThrow(
                                    () ->
                                            UserCommands.refused(
                                                    "Unknown auth mechanism '" + name + "'")));
        }
        return mechanisms;
    }

    private static Document credentials(
            Invocation invocation,
            UserName name,
            List<ScramMechanism> mechanisms,
            String password) {
        if (password.isEmpty()) {
            throw UserCommands.refused("Password cannot be empty");
        }
        boolean digests = invocation.body().flag(DIGESTS, true);
        if (!digests && mechanisms.contains(ScramMechanism.SHA_256)) {
            throw UserCommands.refused("Use of SCRAM-SHA-256 requires undigested passwords");
        }
        Logins logins = invocation.context().smilodon().users().logins();
        DocumentBuilder credentials = Document.builder();
        for (ScramMechanism mechanism : mechanisms) {
            String prepared = digests ? mechanism.prepared(name.user(), password) : password;
            credentials.put(
                    mechanism.label(),
                    ScramCredentials.of(mechanism, prepared, logins.iterations(mechanism))
                            .toDocument());
        }
        return credentials.build();
    }
}

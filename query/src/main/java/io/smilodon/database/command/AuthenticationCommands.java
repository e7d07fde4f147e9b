package io.smilodon.database.command;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;

/** The commands that ask for users and roles: nobody is there. */
final class AuthenticationCommands {

    /** There are none, whoever is asked for. */
    static final Command USERS = nobody("users");

    static final Command ROLES = nobody("roles");

    private AuthenticationCommands() {}

    private static Command nobody(String kind) {
        return Command.on(Target.DATABASE, Permission.MONITOR)
                .takingAnyField()
                .by(invocation -> Document.of(kind, ArrayValue.EMPTY));
    }
}

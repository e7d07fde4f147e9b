package io.smilodon.database.command;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import java.util.Map;

/** The commands by which clients say who they are: there are no users to be. */
final class AuthenticationCommands {

    static final Command REFUSED =
            Command.on(Target.DATABASE, Permission.NONE)
                    .takingAnyField()
                    .by(
                            invocation -> {
                                throw new SmilodonException(
                                                ErrorCode.AUTHENTICATION_FAILED,
                                                "There are no users yet: connect without user and"
                                                        + " password",
                                                Map.of("command", invocation.name()))
                                        .withHint(
                                                "leave user:password@ out of the connection"
                                                        + " string");
                            });

    static final Command LOGOUT =
            Command.on(Target.DATABASE, Permission.NONE).by(invocation -> Document.EMPTY);

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

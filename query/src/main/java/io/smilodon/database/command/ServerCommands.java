package io.smilodon.database.command;

import io.smilodon.engine.value.Document;

/** The commands by which clients get to know the server. */
final class ServerCommands {

    static final Command PING =
            Command.on(Target.DATABASE, Permission.NONE).by(invocation -> Document.EMPTY);

    private ServerCommands() {}
}

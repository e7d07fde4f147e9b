package io.smilodon.database.command;

import io.smilodon.query.OperatorTable;

/** The rows of the table of commands, by what they are about. */
final class CommandRows {

    private CommandRows() {}

    static OperatorTable<Command> table() {
        return OperatorTable.<Command>builder()
                // Reading
                .add("count", ReadCommands.COUNT)
                .add("distinct", ReadCommands.DISTINCT)
                .add("find", FindCommand.ROW)
                .add("getMore", CursorCommands.GET_MORE)
                .add("killCursors", CursorCommands.KILL)
                // Writing
                .add("insert", WriteCommands.INSERT)
                // The server
                .add("ping", ServerCommands.PING)
                .build();
    }
}

package io.smilodon.database.command;

import java.util.Set;
import java.util.TreeSet;

/** The fields of commands, for tests in other packages. */
public final class CommandNames {

    /** Fields that hold others, and one of Smilodon's own that many commands have. */
    private static final Set<String> GENERAL = Set.of("deletes", "durability", "updates");

    private CommandNames() {}

    public static Set<String> all() {
        return Commands.TABLE.names();
    }

    /** The fields of a command and of its statements, without those that all commands have. */
    public static Set<String> fields(String command) {
        Set<String> names =
                new TreeSet<>(Commands.TABLE.find(command).orElseThrow().rules().names());
        switch (command) {
            case "update" -> names.addAll(WriteCommands.UPDATE_RULES.names());
            case "delete" -> names.addAll(WriteCommands.DELETE_RULES.names());
            default -> {}
        }
        names.removeAll(GENERAL);
        return names;
    }
}

package io.smilodon.security;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Commands that are written down when they are carried out, and what of them. Pure functions. */
final class AuditedCommands {

    private static final String USER = "user";
    private static final String ROLE = "role";
    private static final String DROP = "dropCollection";

    /** What the first field of each names; empty for the database. */
    private static final Map<String, String> SUBJECTS =
            Map.ofEntries(
                    Map.entry("createUser", USER),
                    Map.entry("updateUser", USER),
                    Map.entry("dropUser", USER),
                    Map.entry("grantRolesToUser", USER),
                    Map.entry("revokeRolesFromUser", USER),
                    Map.entry("dropAllUsersFromDatabase", ""),
                    Map.entry("createRole", ROLE),
                    Map.entry("updateRole", ROLE),
                    Map.entry("dropRole", ROLE),
                    Map.entry("grantRolesToRole", ROLE),
                    Map.entry("revokeRolesFromRole", ROLE),
                    Map.entry("grantPrivilegesToRole", ROLE),
                    Map.entry("revokePrivilegesFromRole", ROLE),
                    Map.entry("dropAllRolesFromDatabase", ""),
                    Map.entry("_mergeAuthzCollections", ""));

    /** Who sends something may call anything as it likes. */
    private static final int NAME_LENGTH_MAX = 1_000;

    /** Of what is told beside names. */
    private static final int VALUES_MAX = 1_000;

    private static final List<String> TOLD = List.of("roles", "privileges");

    private AuditedCommands() {}

    /** An event: its type, and what it is about. */
    record Event(String type, Document param) {}

    /** What is written down of a command that is carried out; empty for most. */
    static Optional<Event> of(String database, Document command) {
        String name = name(command);
        return switch (name) {
            case "drop" -> Optional.of(new Event(DROP, namespace(database, command)));
            case "renameCollection" -> Optional.of(new Event(name, names(command)));
            case "dropDatabase" ->
                    Optional.of(new Event(name, Document.builder().put("ns", database).build()));
            default ->
                    Optional.ofNullable(SUBJECTS.get(name))
                            .map(subject -> new Event(name, param(database, command, subject)));
        };
    }

    /** What is written down of a collection that is gone as another has its name. */
    static Event replaced(String namespace) {
        return new Event(DROP, Document.builder().put("ns", namespace).build());
    }

    private static Document names(Document command) {
        return Document.builder()
                .put("old", subject(command))
                .put("new", text(command.get("to")))
                .build();
    }

    private static Document param(String database, Document command, String subject) {
        DocumentBuilder param = Document.builder();
        if (!subject.isEmpty()) {
            param.put(subject, subject(command));
        }
        param.put("db", database);
        if (name(command).equals("updateUser")) {
            param.put("passwordChanged", command.has("pwd"));
        }
        for (String field : TOLD) {
            if (command.get(field) instanceof ArrayValue listed) {
                param.put(field, listed.size() > VALUES_MAX ? ArrayValue.EMPTY : listed);
            }
        }
        return param.build();
    }

    /** What is written down of a command that was refused: no values. */
    static Event refused(String database, Document command) {
        return new Event(
                "authCheck",
                Document.builder()
                        .put("command", name(command))
                        .putAll(namespace(database, command))
                        .build());
    }

    /** A database is not named where a request is about no single one. */
    private static Document namespace(String database, Document command) {
        String collection = subject(command);
        String namespace = collection.isEmpty() ? database : database + "." + collection;
        return database.isEmpty()
                ? Document.EMPTY
                : Document.builder().put("ns", namespace).build();
    }

    private static String subject(Document command) {
        return command.isEmpty() ? "" : text(command.get(name(command)));
    }

    /** A name, if it is one. */
    private static String text(Value value) {
        return value instanceof StringValue text ? shortened(text.value()) : "";
    }

    private static String name(Document command) {
        return command.isEmpty() ? "" : command.iterator().next().name();
    }

    /** A name of whatever length, short enough for a line. */
    static String shortened(String name) {
        return name.substring(0, Math.min(name.length(), NAME_LENGTH_MAX));
    }
}

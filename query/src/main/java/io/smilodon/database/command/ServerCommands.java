package io.smilodon.database.command;

import io.smilodon.database.ServerProcess;
import io.smilodon.database.action.FieldKind;
import io.smilodon.engine.Limits;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.security.Action;
import io.smilodon.security.Caller;
import io.smilodon.security.Privilege;
import io.smilodon.security.RoleName;
import io.smilodon.security.UserName;
import java.util.List;
import java.util.stream.Stream;

/** The commands by which clients get to know the server. */
final class ServerCommands {

    private static final int MESSAGE_BYTES_MAX = 48_000_000;
    private static final int BATCH_COUNT_MAX = 100_000;
    private static final int SESSION_MINUTES = 30;

    static final Command BUILD =
            Command.on(Target.DATABASE, Permission.NONE, Requirement.NOTHING)
                    .by(ServerCommands::build);

    static final Command COMMAND_LINE =
            Command.on(
                            Target.ADMIN,
                            Permission.MONITOR,
                            Requirement.onServer(Action.GET_CMD_LINE_OPTS))
                    .by(ServerCommands::commandLine);

    static final Command CONNECTION =
            Command.on(Target.DATABASE, Permission.NONE, Requirement.NOTHING)
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "showPrivileges")
                    .by(ServerCommands::connection);

    static final Command CONCERNS =
            Command.on(
                            Target.ADMIN,
                            Permission.MONITOR,
                            Requirement.onServer(Action.GET_DEFAULT_RW_CONCERN))
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "inMemory")
                    .by(ServerCommands::concerns);

    static final Command HELLO = greeting("isWritablePrimary");
    static final Command IS_MASTER = greeting("ismaster");

    static final Command HOST =
            Command.on(Target.DATABASE, Permission.MONITOR, Requirement.onServer(Action.HOST_INFO))
                    .by(ServerCommands::host);

    static final Command LIST =
            Command.on(Target.DATABASE, Permission.NONE, Requirement.NOTHING)
                    .by(ServerCommands::list);

    static final Command PING =
            Command.on(Target.DATABASE, Permission.NONE, Requirement.NOTHING)
                    .by(invocation -> Document.EMPTY);

    static final Command STATUS =
            Command.on(
                            Target.DATABASE,
                            Permission.MONITOR,
                            Requirement.onServer(Action.SERVER_STATUS))
                    .takingAnyField()
                    .by(ServerStatus::of);

    static final Command WHATS_MY_URI =
            Command.on(Target.DATABASE, Permission.NONE, Requirement.NOTHING)
                    .by(invocation -> Document.of("you", Value.of(invocation.context().client())));

    private ServerCommands() {}

    private static Document commandLine(Invocation invocation) {
        ServerProcess.Start start = invocation.context().smilodon().server().start();
        return Document.builder()
                .put("argv", ArrayValue.of(start.command().stream().map(Value::of).toList()))
                .put("parsed", start.options())
                .build();
    }

    private static DateValue now() {
        return new DateValue(System.currentTimeMillis());
    }

    private static Command greeting(String primary) {
        return Command.on(Target.DATABASE, Permission.NONE, Requirement.NOTHING)
                .concealing(LoginCommands.SPECULATIVE)
                .takingAnyField() // what clients greet with grows with every release of theirs
                .concealing(LoginCommands.SPECULATIVE)
                .by(invocation -> greet(invocation, primary));
    }

    private static Document greet(Invocation invocation, String primary) {
        return Document.builder()
                .put("helloOk", true)
                .put(primary, true)
                .put("maxBsonObjectSize", Limits.DOCUMENT_BYTES_MAX)
                .put("maxMessageSizeBytes", MESSAGE_BYTES_MAX)
                .put("maxWriteBatchSize", BATCH_COUNT_MAX)
                .put("localTime", now())
                .put("logicalSessionTimeoutMinutes", SESSION_MINUTES)
                .put("minWireVersion", 0)
                .put("maxWireVersion", Server.WIRE_VERSION_MAX)
                .put("readOnly", false)
                .putAll(LoginCommands.greeted(invocation))
                .build();
    }

    private static Document build(Invocation invocation) {
        List<Value> numbers = List.of(Value.of(8), Value.of(0), Value.of(0), Value.of(0));
        return Document.builder()
                .put("version", Server.VERSION)
                .put("versionArray", ArrayValue.of(numbers))
                .put("gitVersion", Server.GIT_VERSION)
                .put("modules", ArrayValue.EMPTY)
                .put("javascriptEngine", "none")
                .put("storageEngines", ArrayValue.of(Value.of("smilodon")))
                .put("bits", 64)
                .put("debug", false)
                .put("maxBsonObjectSize", Limits.DOCUMENT_BYTES_MAX)
                .put("environment", Document.of("java", Value.of(Runtime.version().toString())))
                .build();
    }

    private static Document connection(Invocation invocation) {
        Caller caller = invocation.context().caller();
        DocumentBuilder auth =
                Document.builder()
                        .put(
                                "authenticatedUsers",
                                listed(caller.user().stream().map(UserName::toDocument)))
                        .put(
                                "authenticatedUserRoles",
                                listed(caller.roles().stream().map(RoleName::toDocument)));
        if (invocation.body().flag("showPrivileges", false)) {
            auth.put(
                    "authenticatedUserPrivileges",
                    listed(caller.privileges().stream().map(Privilege::toDocument)));
        }
        return Document.of("authInfo", auth.build());
    }

    private static ArrayValue listed(Stream<Document> documents) {
        return ArrayValue.of(documents.toList());
    }

    /** What counts for commands that say nothing; it cannot be set. */
    private static Document concerns(Invocation invocation) {
        return Document.builder()
                .put("defaultReadConcern", Document.of("level", Value.of("local")))
                .put(
                        "defaultWriteConcern",
                        Document.builder().put("w", "majority").put("wtimeout", 0).build())
                .put("defaultWriteConcernSource", "implicit")
                .put("defaultReadConcernSource", "implicit")
                .put("localUpdateWallClockTime", now())
                .build();
    }

    private static Document host(Invocation invocation) {
        Runtime runtime = Runtime.getRuntime();
        return Document.builder()
                .put(
                        "system",
                        Document.builder()
                                .put("currentTime", now())
                                .put("hostname", Server.name())
                                .put("cpuAddrSize", 64)
                                .put("memSizeMB", runtime.maxMemory() >> 20)
                                .put("numCores", runtime.availableProcessors())
                                .put("cpuArch", System.getProperty("os.arch"))
                                .build())
                .put(
                        "os",
                        Document.builder()
                                .put("type", System.getProperty("os.name"))
                                .put("name", System.getProperty("os.name"))
                                .put("version", System.getProperty("os.version"))
                                .build())
                .put("extra", Document.EMPTY)
                .build();
    }

    private static Document list(Invocation invocation) {
        DocumentBuilder commands = Document.builder();
        for (String name : Commands.TABLE.names()) {
            Command row = Commands.TABLE.find(name).orElseThrow();
            List<Value> fields = row.rules().names().stream().map(Value::of).toList();
            commands.put(
                    name,
                    Document.builder()
                            .put("requiresAuth", row.needsLogin())
                            .put("adminOnly", row.target() == Target.ADMIN)
                            .put("permission", row.permission().name())
                            .put("fields", ArrayValue.of(fields))
                            .build());
        }
        return Document.of("commands", commands.build());
    }
}

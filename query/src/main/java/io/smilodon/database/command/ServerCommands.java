package io.smilodon.database.command;

import io.smilodon.database.action.FieldKind;
import io.smilodon.engine.Limits;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import java.util.List;

/** The commands by which clients get to know the server. */
final class ServerCommands {

    private static final int MESSAGE_BYTES_MAX = 48_000_000;
    private static final int BATCH_COUNT_MAX = 100_000;
    private static final int SESSION_MINUTES = 30;

    static final Command BUILD =
            Command.on(Target.DATABASE, Permission.NONE).by(ServerCommands::build);

    static final Command COMMAND_LINE =
            Command.on(Target.ADMIN, Permission.MONITOR)
                    .by(
                            invocation ->
                                    Document.builder()
                                            .put("argv", ArrayValue.EMPTY)
                                            .put("parsed", Document.EMPTY)
                                            .build());

    static final Command CONNECTION =
            Command.on(Target.DATABASE, Permission.NONE)
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "showPrivileges")
                    .by(ServerCommands::connection);

    static final Command CONCERNS =
            Command.on(Target.ADMIN, Permission.MONITOR)
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "inMemory")
                    .by(ServerCommands::concerns);

    static final Command HELLO = greeting("isWritablePrimary");
    static final Command IS_MASTER = greeting("ismaster");

    static final Command HOST =
            Command.on(Target.DATABASE, Permission.MONITOR).by(ServerCommands::host);

    static final Command LIST =
            Command.on(Target.DATABASE, Permission.NONE).by(ServerCommands::list);

    static final Command PING =
            Command.on(Target.DATABASE, Permission.NONE).by(invocation -> Document.EMPTY);

    static final Command STATUS =
            Command.on(Target.DATABASE, Permission.MONITOR).takingAnyField().by(ServerStatus::of);

    static final Command WHATS_MY_URI =
            Command.on(Target.DATABASE, Permission.NONE)
                    .by(invocation -> Document.of("you", Value.of(invocation.context().client())));

    private ServerCommands() {}

    private static DateValue now() {
        return new DateValue(System.currentTimeMillis());
    }

    private static Command greeting(String primary) {
        return Command.on(Target.DATABASE, Permission.NONE)
                .takingAnyField() // what clients greet with grows with every release of theirs
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
                .put("gitVersion", "smilodon")
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
        DocumentBuilder auth =
                Document.builder()
                        .put("authenticatedUsers", ArrayValue.EMPTY)
                        .put("authenticatedUserRoles", ArrayValue.EMPTY);
        if (invocation.body().flag("showPrivileges", false)) {
            auth.put("authenticatedUserPrivileges", ArrayValue.EMPTY);
        }
        return Document.of("authInfo", auth.build());
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
                            .put("requiresAuth", row.permission() != Permission.NONE)
                            .put("adminOnly", row.target() == Target.ADMIN)
                            .put("permission", row.permission().name())
                            .put("fields", ArrayValue.of(fields))
                            .build());
        }
        return Document.of("commands", commands.build());
    }
}

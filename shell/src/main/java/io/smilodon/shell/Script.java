package io.smilodon.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;

/**
 * JavaScript that talks to a database. The language is the real one, without access to Java, files
 * or the network: a script reaches nothing but the functions given to it, and all values cross as
 * Extended JSON. The objects that people use ({@code db}, cursors, ObjectId and so on) are written
 * in JavaScript, in {@code shell.js}. One thread.
 */
final class Script implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(Script.class.getName());
    private static final int INTERRUPT_SECONDS_MAX = 5;

    /**
     * Evaluated to a function that takes the host's functions and returns what the host calls back.
     * Values cross as canonical Extended JSON; the host answers "=" and JSON, or "!" and an error.
     */
    private static final String PRELUDE = "(function (host) {\n'use strict';\n%s});";

    /** The parts of the function, in one scope; what runs at once needs those before only. */
    private static final List<String> PARTS =
            List.of(
                    "values.js",
                    "showing.js",
                    "cursors.js",
                    "collections.js",
                    "databases.js",
                    "prompt.js");

    /** No file of a user is called this. */
    private static final String PRELUDE_NAME = "<shell>";

    private final Context context;
    private final Value shell;

    Script(Backend backend, String database, Consumer<String> output) {
        this.context =
                Context.newBuilder("js")
                        .engine(
                                Engine.newBuilder("js")
                                        .option("engine.WarnInterpreterOnly", "false")
                                        .build())
                        .allowHostAccess(HostAccess.NONE)
                        .allowIO(IOAccess.NONE)
                        .allowCreateThread(false)
                        .allowNativeAccess(false)
                        .option("js.ecmascript-version", "latest")
                        .build();
        this.shell = context.eval(prelude()).execute(new HostFunctions(backend, output).table());
        shell.invokeMember("use", database);
    }

    /** It is not internal: its functions would not know their source, which it reads. */
    private static Source prelude() {
        try {
            StringBuilder parts = new StringBuilder();
            for (String part : PARTS) {
                parts.append(resource(part));
            }
            String text = PRELUDE.formatted(parts);
            return Source.newBuilder("js", text, PRELUDE_NAME).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Script.class.getResourceAsStream(name)) {
            byte[] text = Objects.requireNonNull(in, name).readAllBytes();
            return new String(text, StandardCharsets.UTF_8);
        }
    }

    /**
     * Runs a piece of JavaScript, or one of the shell's own commands ({@code show dbs}, {@code use
     * x}, {@code it}), and returns what is to be shown of its result; empty for nothing.
     *
     * @throws ShellException if the script is wrong or fails, with its message
     */
    String evaluate(String text, String name) {
        try {
            Value command = shell.invokeMember("command", text.strip());
            if (command.isString()) {
                return command.asString();
            }
            Source source = Source.newBuilder("js", text, name).buildLiteral();
            return shell.invokeMember("render", context.eval(source)).asString();
        } catch (PolyglotException failure) {
            throw explained(failure);
        }
    }

    /** Makes the script that runs end soon, with an error; any thread may ask for it. */
    void interrupt() {
        try {
            context.interrupt(Duration.ofSeconds(INTERRUPT_SECONDS_MAX));
        } catch (TimeoutException busy) {
            LOGGER.log(System.Logger.Level.DEBUG, "The script ends with what it waits for", busy);
        }
    }

    /** What could stand after the text: collections after {@code db.}, methods after those. */
    List<String> completions(String text) {
        Value found = shell.invokeMember("complete", text);
        List<String> names = new ArrayList<>();
        for (long i = 0; i < found.getArraySize(); i++) {
            names.add(found.getArrayElement(i).asString());
        }
        return names;
    }

    /** The name of the database in use. */
    String database() {
        return shell.invokeMember("database").asString();
    }

    private static ShellException explained(PolyglotException failure) {
        if (failure.isInterrupted()) {
            return new ShellException("interrupted");
        }
        String place =
                failure.getSourceLocation() == null
                                || failure.getSourceLocation()
                                        .getSource()
                                        .getName()
                                        .equals(PRELUDE_NAME)
                        ? ""
                        : " (line " + failure.getSourceLocation().getStartLine() + ")";
        return new ShellException(failure.getMessage() + place);
    }

    @Override
    public void close() {
        context.close(true);
        context.getEngine().close();
    }
}

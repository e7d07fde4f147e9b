package io.smilodon.shell;

import io.smilodon.database.command.CommandFailure;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;

/** The functions that a script can reach: each takes and returns strings. */
record HostFunctions(Backend backend, Consumer<String> output) {

    ProxyObject table() {
        return ProxyObject.fromMap(
                Map.ofEntries(
                        row("print", this::print),
                        row("run", this::run),
                        row("command", this::command),
                        row("begin", this::begin),
                        row("commit", this::commit),
                        row("abort", this::abort),
                        row("next", this::next),
                        row("closeCursor", this::closeCursor),
                        row("databases", arguments -> array(backend.databases())),
                        row("collections", a -> array(backend.collections(a.get(0)))),
                        row("createCollection", this::createCollection),
                        row("indexes", a -> array(backend.indexes(a.get(0), a.get(1)))),
                        row("putBlob", this::putBlob),
                        row("getBlob", this::getBlob),
                        row("deleteBlob", this::deleteBlob),
                        row("blobs", this::blobs),
                        row("dropBucket", a -> Boolean.toString(backend.dropBucket(a.get(0))))));
    }

    /** Errors cross as {@code {text, answer}}: Java's exceptions would be opaque to a script. */
    private static Map.Entry<String, Object> row(
            String name, Function<List<String>, String> function) {
        ProxyExecutable executable =
                arguments -> {
                    List<String> texts = new ArrayList<>();
                    for (org.graalvm.polyglot.Value argument : arguments) {
                        texts.add(argument.asString());
                    }
                    try {
                        return "=" + function.apply(texts);
                    } catch (SmilodonException failure) {
                        return "!" + error(failure);
                    } catch (ShellException failure) {
                        return "!" + error(failure.getMessage(), Document.EMPTY);
                    }
                };
        return Map.entry(name, executable);
    }

    private static String error(SmilodonException failure) {
        return error(ScriptText.of(failure), CommandFailure.answer(failure));
    }

    private static String error(String text, Document answer) {
        return json(Document.builder().put("text", text).put("answer", answer).build());
    }

    private static String json(Value value) {
        return ExtendedJson.write(value, JsonMode.CANONICAL);
    }

    private static String array(List<Document> documents) {
        return json(ArrayValue.of(documents));
    }

    private String print(List<String> arguments) {
        output.accept(arguments.get(0));
        return "null";
    }

    private String run(List<String> arguments) {
        return json(
                backend.run(
                        new Target(
                                transaction(arguments.get(4)), arguments.get(0), arguments.get(1)),
                        arguments.get(2),
                        ExtendedJson.readDocument(arguments.get(3))));
    }

    private String command(List<String> arguments) {
        return json(
                backend.command(
                        arguments.get(0),
                        ExtendedJson.readDocument(arguments.get(1)),
                        transaction(arguments.get(2))));
    }

    /** No transaction is the empty text. */
    private static Optional<String> transaction(String id) {
        return Optional.of(id).filter(text -> !text.isEmpty());
    }

    private String begin(List<String> arguments) {
        return json(Value.of(backend.begin(ExtendedJson.readDocument(arguments.get(0)))));
    }

    private String commit(List<String> arguments) {
        backend.commit(arguments.get(0));
        return "true";
    }

    private String abort(List<String> arguments) {
        backend.abort(arguments.get(0));
        return "true";
    }

    private String next(List<String> arguments) {
        return json(backend.next(arguments.get(0), Integer.parseInt(arguments.get(1))));
    }

    private String closeCursor(List<String> arguments) {
        backend.closeCursor(arguments.get(0));
        return "null";
    }

    private String createCollection(List<String> arguments) {
        Document options = ExtendedJson.readDocument(arguments.get(2));
        return Boolean.toString(
                backend.createCollection(arguments.get(0), arguments.get(1), options));
    }

    private String putBlob(List<String> arguments) {
        Value blob = ExtendedJson.readDocument(arguments.get(2)).get("blob");
        backend.putBlob(arguments.get(0), arguments.get(1), Blobs.bytes(blob));
        return "true";
    }

    private String getBlob(List<String> arguments) {
        return backend.getBlob(arguments.get(0), arguments.get(1))
                .map(bytes -> json(Blobs.shown(bytes)))
                .orElse("null");
    }

    private String deleteBlob(List<String> arguments) {
        backend.deleteBlob(arguments.get(0), arguments.get(1));
        return "true";
    }

    private String blobs(List<String> arguments) {
        int limit = Integer.parseInt(arguments.get(2));
        return array(backend.blobs(arguments.get(0), arguments.get(1), limit));
    }
}

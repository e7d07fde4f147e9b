package io.smilodon.wire;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import org.bson.io.BasicOutputBuffer;

/**
 * The message by which most clients begin: {@code hello} as a query, before they know what the
 * server speaks. Anything else in it is refused, as MongoDB does since 5.1.
 */
final class OpQuery {

    private static final String COMMANDS = ".$cmd";
    private static final Set<String> KNOWN = Set.of("hello", "isMaster", "ismaster");
    private static final ErrorCode UNSUPPORTED = new ErrorCode(352, "UnsupportedOpQueryCommand");
    private static final int NUMBERS = 2 * Integer.BYTES;

    private OpQuery() {}

    /**
     * Reads a request.
     *
     * @throws SmilodonException {@code UnsupportedOpQueryCommand} (352)
     */
    static Request read(Message message) throws MalformedMessageException {
        ByteBuffer body = message.body();
        if (body.remaining() < Integer.BYTES) {
            throw new MalformedMessageException("a message ends too early");
        }
        body.getInt(); // flags: none matters to a command
        String namespace = Text.read(body);
        if (body.remaining() < NUMBERS) {
            throw new MalformedMessageException("a message ends too early");
        }
        body.position(body.position() + NUMBERS); // what to skip, how many
        Document command = BsonInput.next(body);
        if (!namespace.endsWith(COMMANDS)
                || command.isEmpty()
                || !KNOWN.contains(command.iterator().next().name())) {
            throw new SmilodonException(
                    UNSUPPORTED,
                    "Unsupported OP_QUERY command. The client driver may require an upgrade.",
                    Map.of("namespace", namespace));
        }
        String database = namespace.substring(0, namespace.length() - COMMANDS.length());
        return new Request(command.with("$db", Value.of(database)), true, false);
    }

    /** Appends an answer, all but the header. */
    static void append(Document answer, BasicOutputBuffer output) {
        output.writeInt32(8); // flags: can wait for data
        output.writeInt64(0); // no cursor
        output.writeInt32(0); // the first
        output.writeInt32(1); // and only document
        BsonOutput.append(answer, output);
    }
}

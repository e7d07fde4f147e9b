package io.smilodon.rest;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Server-sent events (WHATWG HTML, 9.2): {@code id} is the resume token, which browsers bring back
 * by themselves, {@code event} the kind, {@code data} the event as JSON.
 */
final class SentEvents implements EventOutput {

    private final OutputStream output;
    private final JsonMode mode;

    SentEvents(OutputStream output, JsonMode mode) {
        this.output = output;
        this.mode = mode;
    }

    @Override
    public boolean event(Document event) {
        return send(type(event), id(event), event);
    }

    @Override
    public boolean heartbeat() {
        return comment("");
    }

    /** Sends what clients pass by; false if the client has gone away. */
    boolean comment(String text) {
        return send(": " + text + "\n\n");
    }

    @Override
    public void end() {
        try {
            output.close();
        } catch (IOException gone) {
            return; // who has left need not be told
        }
    }

    @Override
    public void end(SmilodonException reason) {
        boolean isStop = reason.code().equals(ErrorCode.SHUTDOWN_IN_PROGRESS);
        send(isStop ? "end" : "error", "", Problem.of(reason).body());
        end();
    }

    /** The next event or heartbeat finds it out. */
    @Override
    public void whenGone(Runnable task) {}

    private static String type(Document event) {
        return event.get("operationType") instanceof StringValue type ? type.value() : "message";
    }

    private static String id(Document event) {
        return event.get("_id") instanceof Document token
                        && token.get(WatchRequest.TOKEN) instanceof StringValue data
                ? data.value()
                : "";
    }

    private boolean send(String type, String id, Document data) {
        String identity = id.isEmpty() ? "" : "id: " + id + "\n";
        String json = ExtendedJson.write(data, mode);
        return send("event: " + type + "\n" + identity + "data: " + json + "\n\n");
    }

    private boolean send(String text) {
        try {
            output.write(text.getBytes(StandardCharsets.UTF_8));
            output.flush();
            return true;
        } catch (IOException gone) {
            return false;
        }
    }
}

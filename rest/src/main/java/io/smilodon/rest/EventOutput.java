package io.smilodon.rest;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.value.Document;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes server-sent events. One thread. */
final class EventOutput {

    private final OutputStream output;
    private final JsonMode mode;

    EventOutput(OutputStream output, JsonMode mode) {
        this.output = output;
        this.mode = mode;
    }

    /**
     * Sends an event.
     *
     * @param id what the client brings back to go on; empty for none
     * @return false if the client has gone away
     */
    boolean event(String type, String id, Document data) {
        String identity = id.isEmpty() ? "" : "id: " + id + "\n";
        String json = ExtendedJson.write(data, mode);
        return send("event: " + type + "\n" + identity + "data: " + json + "\n\n");
    }

    /** Sends what clients pass by; false if the client has gone away. */
    boolean comment(String text) {
        return send(": " + text + "\n\n");
    }

    /** Says that nothing comes any more, as far as the client is still there. */
    void end() {
        try {
            output.close();
        } catch (IOException gone) {
            return; // who has left need not be told
        }
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

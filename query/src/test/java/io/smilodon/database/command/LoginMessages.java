package io.smilodon.database.command;

import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.security.scram.ScramMechanism;

/** The messages by which clients log in, and what the answers carry. */
final class LoginMessages {

    static final ScramMechanism MECHANISM = ScramMechanism.SHA_256;

    private LoginMessages() {}

    static Value binary(byte[] bytes) {
        return new BinaryValue((byte) 0, bytes);
    }

    static Document start(byte[] payload, boolean skipsEmptyExchange) {
        return Document.builder()
                .put("saslStart", 1)
                .put("mechanism", MECHANISM.label())
                .put("payload", binary(payload))
                .put("options", Document.of("skipEmptyExchange", Value.of(skipsEmptyExchange)))
                .build();
    }

    static Document resume(byte[] payload) {
        return Document.builder()
                .put("saslContinue", 1)
                .put("conversationId", 1)
                .put("payload", binary(payload))
                .build();
    }

    static byte[] payload(Document answer) {
        return ((BinaryValue) answer.get("payload")).bytes();
    }
}

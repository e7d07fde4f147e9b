package io.smilodon.rest;

import io.smilodon.engine.codec.DocumentReader;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.ExtendedSmile;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** How documents are written in bodies and answers. */
enum Notation {
    JSON("application/json", "application/json; charset=utf-8") {

        @Override
        Document document(byte[] body) {
            return ExtendedJson.readBody(body);
        }

        @Override
        DocumentReader documents(byte[] body) {
            return ExtendedJson.readDocuments(new ByteArrayInputStream(body));
        }

        @Override
        boolean isArray(byte[] body) {
            for (byte each : body) {
                if (!Character.isWhitespace(each)) {
                    return each == '[';
                }
            }
            return false;
        }

        @Override
        byte[] write(Value value, JsonMode mode) {
            return ExtendedJson.write(value, mode).getBytes(StandardCharsets.UTF_8);
        }
    },

    SMILE("application/x-jackson-smile", "application/x-jackson-smile") {

        @Override
        Document document(byte[] body) {
            return ExtendedSmile.readBody(body);
        }

        @Override
        DocumentReader documents(byte[] body) {
            return ExtendedSmile.readDocuments(body);
        }

        @Override
        boolean isArray(byte[] body) {
            return ExtendedSmile.isArray(body);
        }

        @Override
        byte[] write(Value value, JsonMode mode) {
            return ExtendedSmile.write(value, mode);
        }
    };

    private final String mediaType;
    private final String contentType;

    Notation(String mediaType, String contentType) {
        this.mediaType = mediaType;
        this.contentType = contentType;
    }

    /** The name by which headers ask for it. */
    String mediaType() {
        return mediaType;
    }

    /** What an answer says of itself. */
    String contentType() {
        return contentType;
    }

    /** That of a body; all other types of documents are JSON of some kind. */
    static Notation ofBody(String mediaType) {
        return mediaType.equals(SMILE.mediaType) ? SMILE : JSON;
    }

    /** The document of a body. */
    abstract Document document(byte[] body);

    /** The documents of a body, an array of them. */
    abstract DocumentReader documents(byte[] body);

    /** Whether a body begins as an array does. */
    abstract boolean isArray(byte[] body);

    /** The bytes of an answer. */
    abstract byte[] write(Value value, JsonMode mode);
}

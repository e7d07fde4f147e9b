package io.smilodon.database.transfer;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.value.Document;

/** Documents as Extended JSON. */
final class JsonText implements DocumentText {

    private final JsonMode mode;
    private final String head;
    private final String separator;
    private final String tail;
    private boolean isBehindFirst;

    JsonText(JsonMode mode, String head, String separator, String tail) {
        this.mode = mode;
        this.head = head;
        this.separator = separator;
        this.tail = tail;
    }

    @Override
    public String head() {
        return head;
    }

    @Override
    public String next(Document document) {
        String json = ExtendedJson.write(document, mode);
        String text = isBehindFirst ? separator + json : json;
        isBehindFirst = true;
        return text;
    }

    @Override
    public String tail() {
        return isBehindFirst || !head.isEmpty() ? tail : "";
    }
}

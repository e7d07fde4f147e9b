package io.smilodon.database;

import io.smilodon.database.stream.ChangeStream;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What tests ask of the events of change streams. */
final class StreamEvents {

    private StreamEvents() {}

    /** The events that are there by now. */
    static List<Document> all(ChangeStream stream) {
        List<Document> events = new ArrayList<>();
        Optional<Document> event = stream.poll();
        while (event.isPresent()) {
            events.add(event.get());
            event = stream.poll();
        }
        return events;
    }

    /** The events without what differs from run to run. */
    static List<String> texts(List<Document> events) {
        return events.stream()
                .map(event -> event.without("_id").without("clusterTime").without("wallTime"))
                .map(event -> ExtendedJson.write(event, JsonMode.PLAIN).replace('"', '\''))
                .toList();
    }

    static List<String> types(List<Document> events) {
        return events.stream().map(StreamEvents::type).toList();
    }

    static String type(Document event) {
        return ((StringValue) event.get("operationType")).value();
    }

    static Document token(Document event) {
        return (Document) event.get("_id");
    }
}

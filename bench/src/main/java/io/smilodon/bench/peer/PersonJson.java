package io.smilodon.bench.peer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;
import com.fasterxml.jackson.dataformat.smile.SmileGenerator;
import com.fasterxml.jackson.dataformat.smile.SmileParser;
import io.smilodon.bench.corpus.Person;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;

/** Documents as JSON text or as Jackson's Smile, by Jackson's streaming interface. Pure. */
public final class PersonJson {

    private static final JsonFactory TEXT = new JsonFactory();
    private static final SmileFactory SMILE =
            SmileFactory.builder()
                    .disable(SmileGenerator.Feature.WRITE_HEADER)
                    .disable(SmileParser.Feature.REQUIRE_HEADER)
                    .build();
    private static final ObjectMapper SMILE_MAPPER = new ObjectMapper(SMILE);
    private static final int BYTES = 1024;

    private PersonJson() {}

    public static String text(Person person) throws IOException {
        StringWriter out = new StringWriter(BYTES);
        try (JsonGenerator json = TEXT.createGenerator(out)) {
            write(person, json);
        }
        return out.toString();
    }

    public static byte[] smile(Person person) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(BYTES);
        try (JsonGenerator json = SMILE.createGenerator(out)) {
            write(person, json);
        }
        return out.toByteArray();
    }

    private static void write(Person person, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("_id", person.id());
        json.writeObjectFieldStart("name");
        json.writeStringField("first", person.first());
        json.writeStringField("last", person.last());
        json.writeEndObject();
        json.writeStringField("email", person.email());
        json.writeStringField("city", person.city());
        json.writeObjectFieldStart("address");
        json.writeStringField("street", person.street());
        json.writeNumberField("zip", person.zip());
        json.writeStringField("country", person.country());
        json.writeEndObject();
        json.writeNumberField("score", person.score());
        json.writeNumberField("visits", person.visits());
        json.writeNumberField("balance", person.balance());
        json.writeNumberField("created", person.created());
        json.writeBooleanField("active", person.isActive());
        json.writeArrayFieldStart("tags");
        for (String tag : person.tags()) {
            json.writeString(tag);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("location");
        json.writeStringField("type", "Point");
        json.writeArrayFieldStart("coordinates");
        json.writeNumber(person.longitude());
        json.writeNumber(person.latitude());
        json.writeEndArray();
        json.writeEndObject();
        json.writeStringField("text", person.text());
        json.writeEndObject();
    }

    /** Reads as far as the score and no farther. */
    static long score(String text) throws IOException {
        try (JsonParser parser = TEXT.createParser(text)) {
            return score(parser);
        }
    }

    static long scoreOfSmile(byte[] smile) throws IOException {
        try (JsonParser parser = SMILE.createParser(smile)) {
            return score(parser);
        }
    }

    private static long score(JsonParser parser) throws IOException {
        parser.nextToken();
        String name = parser.nextFieldName();
        while (name != null) {
            JsonToken value = parser.nextToken();
            if (name.equals("score")) {
                return parser.getLongValue();
            }
            if (value.isStructStart()) {
                parser.skipChildren();
            }
            name = parser.nextFieldName();
        }
        throw new IOException("a document without a score");
    }

    /** The document with other visits: taken apart and put together again. */
    static byte[] withVisits(byte[] smile, int visits) throws IOException {
        @SuppressWarnings("unchecked")
        Map<String, Object> document = SMILE_MAPPER.readValue(smile, Map.class);
        document.put("visits", visits);
        return SMILE_MAPPER.writeValueAsBytes(document);
    }

    static String textOfSmile(byte[] smile) throws IOException {
        JsonNode document = SMILE_MAPPER.readTree(smile);
        return document.toString();
    }
}

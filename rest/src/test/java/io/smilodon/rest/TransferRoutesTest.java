package io.smilodon.rest;

import static io.smilodon.rest.TestServer.MOVIES;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Import, export and schema of a collection. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TransferRoutesTest {

    /** Parameters, and a body in lines. */
    private static final String[] REFUSED = {
        "format=csv&columnsHaveTypes=true | a.number()\\n1",
        "format=csv&columnsHaveTypes=true | a\\n1",
        "format=csv | a,a.b\\n1",
        "format=csv | a,a\\n1",
        "format=csv | a,,b\\n1",
        "format=csv | $a\\n1",
        "format=csv | a\\n1,2",
        "format=csv | a\\n\"1",
        "format=csv | a\\n1\"2",
        "format=csv | a\\n\"1\"2",
        "format=csv&columnsHaveTypes=true | a.int32()\\nx",
        "format=csv&columnsHaveTypes=true | a.date()\\n2020-13-01",
        "format=bson | a",
        "mode=replace | {}",
        "stopOnError=yes | {}",
        "nope=1 | {}"
    };

    private final TestServer test = new TestServer();
    private final Http http = test.http();

    @AfterEach
    void stop() {
        test.close();
    }

    private Http.Answer importText(String parameters, String type, String body) {
        return http.send("POST", MOVIES + "/import" + parameters, body, "Content-Type", type);
    }

    private Http.Answer ndjson(String parameters, String body) {
        return importText(parameters, "application/x-ndjson", body);
    }

    private static long number(Http.Answer answer, String name) {
        return answer.get(name) instanceof NumberValue number ? number.toLong() : -1;
    }

    private String documents() {
        Http.Answer all = http.get(MOVIES + "/export?sort=%7B%22_id%22:1%7D");
        assertEquals(200, all.status(), all.text());
        return all.text().replace('"', '\'');
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(bytes)) {
            packing.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private HttpResponse<byte[]> raw(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + test.server().port() + path);
    }

    // ---- Import

    @Test
    void documents_come_in_and_go_out_as_they_are() {
        StringBuilder lines = new StringBuilder();
        for (int id = 1000; id < 3500; id++) {
            lines.append("{\"_id\":").append(id).append(",\"text\":\"ä €\",\"n\":[1.5,null]}\n");
        }
        Http.Answer report = ndjson("", lines.toString());
        assertEquals(200, report.status(), report.text());
        assertEquals(2500, number(report, "read"));
        assertEquals(2500, number(report, "inserted"));
        assertEquals(lines.toString(), documents().replace('\'', '"'));

        Http.Answer array = http.get(MOVIES + "/export?format=json&limit=2&fields=n");
        assertEquals("[{\"n\":[1.5,null]},\n{\"n\":[1.5,null]}]\n", array.text());
        assertEquals(204, http.send("DELETE", MOVIES, "").status());
        assertEquals(200, importText("?format=json", "application/json", array.text()).status());
        assertEquals(2, number(http.get(MOVIES), "documents"));
    }

    @Test
    void what_cannot_be_written_is_told_and_left_out() {
        String lines = "{'_id':1}\n{'_id':2}\n{'_id':1,'a':5}\n{'_id':[1]}\n{'_id':3}\n";
        Http.Answer report = ndjson("", lines.replace('\'', '"'));
        assertEquals(207, report.status());
        assertEquals(3, number(report, "inserted"));
        assertEquals(2, number(report, "failed"));
        ArrayValue errors = (ArrayValue) report.get("errors");
        assertEquals(Value.of(2), ((Document) errors.get(0)).get("index"));
        assertEquals(Value.of(11000), ((Document) errors.get(0)).get("code"));
        assertEquals(Value.of(53), ((Document) errors.get(1)).get("code"));

        Http.Answer strict = ndjson("?stopOnError=true", "{\"_id\":3}\n{\"_id\":4}\n");
        assertEquals(207, strict.status());
        assertEquals(0, number(strict, "inserted"));
    }

    @Test
    void errors_are_told_by_their_place_in_the_whole_and_not_more_than_a_hundred() {
        StringBuilder lines = new StringBuilder();
        for (int id = 0; id < 2200; id++) {
            lines.append("{\"_id\":").append(id < 1500 ? id : 1).append("}\n");
        }
        Http.Answer report = ndjson("", lines.toString());
        assertEquals(700, number(report, "failed"));
        ArrayValue errors = (ArrayValue) report.get("errors");
        assertEquals(100, errors.size());
        assertEquals(Value.of(1500), ((Document) errors.get(0)).get("index"));
    }

    @Test
    void a_malformed_line_ends_it_and_what_was_before_stays() {
        Http.Answer report = ndjson("", "{\"_id\":1}\n{\"_id\":2}\n{\"_id\":\n");
        assertEquals(207, report.status());
        assertEquals(2, number(report, "inserted"));
        Document stopped = (Document) report.get("stopped");
        assertEquals(Value.of("FailedToParse"), stopped.get("codeName"));
        assertEquals(400, ndjson("", "nonsense").status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "upsert             | {'_id':1,'a':9} {'_id':3,'a':7} | {'_id':1,'a':9} {'_id':2,'a':6,'b':1}"
                        + " {'_id':3,'a':7}",
                "merge              | {'_id':2,'c':9} {'_id':3,'a':7} | {'_id':1,'a':5,'b':1}"
                        + " {'_id':2,'a':6,'b':1,'c':9} {'_id':3,'a':7}",
                "update             | {'_id':2,'c':9} {'_id':3,'a':7} | {'_id':1,'a':5,'b':1}"
                        + " {'_id':2,'a':6,'b':1,'c':9}",
                "delete             | {'_id':2} {'_id':9}             | {'_id':1,'a':5,'b':1}",
                "upsert&upsertFields=a,b | {'a':6,'b':1,'c':0}        | {'_id':1,'a':5,'b':1}"
                        + " {'_id':2,'a':6,'b':1,'c':0}",
                "delete&upsertFields=b   | {'b':1}                    | {'_id':2,'a':6,'b':1}",
            })
    void modes_say_what_becomes_of_documents_that_are_there(
            String mode, String documents, String left) {
        ndjson("", "{\"_id\":1,\"a\":5,\"b\":1}\n{\"_id\":2,\"a\":6,\"b\":1}");
        Http.Answer report = ndjson("?mode=" + mode, documents.replace('\'', '"'));
        assertEquals(200, report.status(), report.text());
        assertEquals(left, documents().strip().replace('\n', ' '));
    }

    @Test
    void a_document_that_cannot_be_found_is_an_error_of_its_own() {
        Http.Answer report = ndjson("?mode=merge&upsertFields=a", "{\"b\":1}\n{\"a\":1}\n");
        assertEquals(207, report.status());
        assertEquals(1, number(report, "failed"));
        assertEquals(1, number(report, "upserted"));
        assertEquals(200, ndjson("?mode=upsert", "{\"b\":1}\n").status());
    }

    @Test
    void packed_bodies_are_taken() throws Exception {
        HttpResponse<byte[]> answer =
                raw(
                        HttpRequest.newBuilder(uri(MOVIES + "/import"))
                                .header("Content-Type", "application/x-ndjson")
                                .header("Content-Encoding", "gzip")
                                .POST(
                                        HttpRequest.BodyPublishers.ofByteArray(
                                                packed("{\"_id\":1}\n{\"_id\":2}\n"))));
        assertEquals(200, answer.statusCode());
        assertEquals("{'_id':1}\n{'_id':2}\n", documents());
    }

    // ---- Tables

    @Test
    void tables_become_documents() {
        String table =
                "\uFEFF_id,name,at.city,at.zip,n\r\n"
                        + "1,\"Doe, \"\"J\"\"\",Oslo,0150,1.5\r\n"
                        + "\r\n2,\"two\nlines\",,x\r\n";
        assertEquals(200, importText("", "text/csv", table).status());
        assertEquals(
                "{'_id':1,'name':'Doe, \\'J\\'','at':{'city':'Oslo','zip':150},'n':1.5}\n"
                        + "{'_id':2,'name':'two\\nlines','at':{'city':'','zip':'x'}}\n",
                documents());
    }

    @Test
    void columns_may_have_types() {
        String table =
                "_id.int64(),a.string(),b.boolean(),c.date(),d.decimal(),e.double(),f.auto()\n"
                        + "1,007,true,2020-02-03,1.50,2,\n"
                        + "2,,false,2020-02-03T04:05:06Z,2,3,9\n";
        Http.Answer report =
                importText("?columnsHaveTypes=true&ignoreBlanks=true", "text/csv", table);
        assertEquals(200, report.status(), report.text());
        assertEquals(
                "{\"_id\":{\"$numberLong\":\"1\"},\"a\":\"007\",\"b\":true,\"c\":{\"$date\":"
                        + "{\"$numberLong\":\"1580688000000\"}},"
                        + "\"d\":{\"$numberDecimal\":\"1.50\"},"
                        + "\"e\":{\"$numberDouble\":\"2.0\"}}",
                http.get(MOVIES + "/export?limit=1&jsonMode=canonical").text().strip());
    }

    @Test
    void what_is_no_table_or_no_parameter_is_refused() {
        for (String one : REFUSED) {
            String[] parts = one.replace("\\n", "\n").split(" \\| ");
            Http.Answer answer = importText("?" + parts[0], "text/csv", parts[1]);
            assertEquals(400, answer.status(), () -> one + ": " + answer.text());
            assertTrue(answer.header("Content-Type").startsWith("application/problem+json"));
        }
    }

    @Test
    void documents_become_tables() {
        ndjson(
                "",
                "{\"_id\":{\"$oid\":\"65f000000000000000000001\"},\"a\":\"x,\\\"y\\\"\","
                        + "\"t\":[3,{\"k\":4}],\"d\":{\"$date\":\"2020-02-03T00:00:00Z\"},"
                        + "\"n\":null}\n");
        Http.Answer table =
                http.get(MOVIES + "/export?format=csv&fields=_id,a,t.0,t.1.k,t,d,n,none.x");
        assertEquals(
                "_id,a,t.0,t.1.k,t,d,n,none.x\r\n65f000000000000000000001,\"x,\"\"y\"\"\",3,4,"
                        + "\"[3,{\"\"k\"\":4}]\",2020-02-03T00:00:00Z,,\r\n",
                table.text());
        assertTrue(table.header("Content-Type").startsWith("text/csv"));
        assertTrue(table.header("Content-Disposition").endsWith("movies.csv"));
        assertEquals(400, http.get(MOVIES + "/export?format=csv").status());
    }

    // ---- Export

    @Test
    void nothing_goes_out_as_nothing() {
        assertEquals("", http.get(MOVIES + "/export").text());
        assertEquals("[]\n", http.get(MOVIES + "/export?format=json").text());
        assertEquals("a\r\n", http.get(MOVIES + "/export?format=csv&fields=a").text());
    }

    @Test
    void who_takes_gzip_gets_it() throws Exception {
        test.insertMovies(3000);
        HttpResponse<byte[]> answer =
                raw(
                        HttpRequest.newBuilder(uri(MOVIES + "/export"))
                                .header("Accept-Encoding", "gzip"));
        assertEquals("gzip", answer.headers().firstValue("Content-Encoding").orElse(""));
        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
        assertArrayEquals(
                http.get(MOVIES + "/export").text().getBytes(StandardCharsets.UTF_8), plain);
    }

    @Test
    void an_error_before_the_first_document_is_an_answer() {
        test.insertMovies(1);
        String filter = Http.encoded("{\"$expr\":{\"$divide\":[1,0]}}");
        Http.Answer answer = http.get(MOVIES + "/export?filter=" + filter);
        assertEquals(400, answer.status());
        assertEquals(400, http.get(MOVIES + "/export?format=xml").status());
        assertEquals(400, http.get(MOVIES + "/export?nope=1").status());
    }

    @Test
    void an_error_behind_it_breaks_the_answer_off() {
        test.insertMovies(5000);
        String divide = "{\"$expr\":{\"$divide\":[1,{\"$subtract\":[4999,\"$_id\"]}]}}";
        String path = MOVIES + "/export?filter=" + Http.encoded(divide);
        assertThrows(UncheckedIOException.class, () -> http.get(path));
        assertEquals(200, http.get(MOVIES).status());
    }

    // ---- Schema

    @Test
    void a_sample_tells_the_fields() {
        ndjson(
                "",
                "{\"_id\":1,\"a\":5,\"tags\":[\"x\",\"y\"],\"at\":{\"type\":\"Point\","
                        + "\"coordinates\":[10,60]}}\n"
                        + "{\"_id\":2,\"a\":\"s\",\"tags\":[\"x\"],\"at\":{\"type\":\"Point\","
                        + "\"coordinates\":[-5,61.5]}}\n"
                        + "{\"_id\":3,\"a\":2.5,\"tags\":[]}\n{\"_id\":4}\n");
        Http.Answer schema = http.get(MOVIES + "/schema");
        assertEquals(200, schema.status(), schema.text());
        assertEquals(4, number(schema, "sampled"));
        assertEquals(
                "{'path':'a','presence':0.75,'documents':3,'values':3,'types':[{'type':'double',"
                        + "'count':1},{'type':'int','count':1},{'type':'string','count':1}],"
                        + "'min':2.5,'max':'s'}",
                field(schema, "a"));
        assertEquals(
                "{'path':'tags[]','presence':0.5,'documents':2,'values':3,'types':[{'type':"
                        + "'string','count':3}],'min':'x','max':'y','distinct':2,'top':[{'value':"
                        + "'x','count':2},{'value':'y','count':1}]}",
                field(schema, "tags[]"));
        assertTrue(field(schema, "tags").contains("'lengthMin':0,'lengthMax':2"));
        assertTrue(field(schema, "at").contains("'boundingBox':[-5.0,60.0,10.0,61.5]"));
        assertTrue(field(schema, "at.type").contains("'presence':0.5"));
        assertEquals(2, number(http.get(MOVIES + "/schema?sample=2"), "sampled"));
        assertEquals(400, http.get(MOVIES + "/schema?sample=0").status());
        assertEquals(404, http.get(MOVIES + "x/schema").status());
    }

    private static String field(Http.Answer schema, String path) {
        for (Value field : (ArrayValue) schema.get("fields")) {
            if (((Document) field).get("path").equals(Value.of(path))) {
                return ExtendedJson.write(field, JsonMode.RELAXED).replace('"', '\'');
            }
        }
        return "";
    }
}

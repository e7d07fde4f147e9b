package io.smilodon.engine.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                     | {}",
                "{\"a\": 1, \"b\": [1.5, null, true]}     | { a: 1, b: [ 1.5, null, true ] }",
                "{\"a\": \"x\\\"y\"}                       | { a: \"x\\\"y\" }",
                "{\"a\": {\"$numberLong\": \"5\"}}          | { a: 5 }",
                "{\"a\": {\"$numberDecimal\": \"1.50\"}}    | { a: 1.50 }",
                "{\"a\": {\"$date\": 0}}                  | { a: new Date(0) }",
                "{\"a\": {\"$minKey\": 1}}                | { a: MinKey }",
                "{\"a\": {\"$binary\": {\"base64\": \"AAE=\", \"subType\": \"00\"}}} | { a: BinData(0, 0001) }"
            })
    void documents_read_as_people_write_them(String json, String text) {
        assertEquals(text, ExtendedJson.readDocument(json).toString());
    }

    @Test
    void the_details_of_an_error_read_so_too() {
        SmilodonException error =
                new SmilodonException(
                        ErrorCode.BAD_VALUE,
                        "not good",
                        Map.of("actual", Document.of("a", Value.of("b"))));

        assertEquals("not good {actual: { a: \"b\" }}", error.getMessage());
    }
}

package io.smilodon.database.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.testing.MapTransaction;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IndexEntryTest {

    private static final byte[] ID = {1};

    private static Document doc(String json) {
        return ExtendedJson.readDocument(json.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "16766; {'key': {'a': 'hashed'}};   {'a': [1]};                {'a': 1}",
                "171;   {'key': {'a': 1, 'b': 1}};  {'a': [1], 'b': [1]};      {'a': 1}",
                "16755; {'key': {'a': '2dsphere'}}; {'a': 'x'};                {'a': [1, 2]}",
                "17262; {'key': {'a': 'text'}};     {'a': 't', 'language': 'klingon'}; {'a': 't'}"
            })
    void documents_that_an_index_cannot_hold_are_repaired_while_it_is_filled(
            int code, String specification, String unfit, String fit) {
        IndexDefinition definition = IndexDefinition.parse(doc(specification)).withId(7);
        IndexEntry index = IndexEntry.building(definition, new Namespace("d", "c"));
        MapTransaction store = new MapTransaction();
        Optional<Document> before = Optional.of(doc(unfit));

        index.update(before, Optional.empty(), ID, store);
        assertEquals(0, store.entries().size());
        index.update(before, Optional.of(doc(fit)), ID, store);
        assertEquals(1, store.entries().size());
        index.update(Optional.of(doc(fit)), Optional.empty(), ID, store);
        assertEquals(0, store.entries().size());
        SmilodonException refused =
                assertThrows(
                        SmilodonException.class,
                        () -> index.update(Optional.empty(), before, ID, store));
        assertEquals(code, refused.code().number());
    }
}

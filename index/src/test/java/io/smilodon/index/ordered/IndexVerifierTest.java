package io.smilodon.index.ordered;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.codec.KeyCodec;
import io.smilodon.engine.value.Value;
import io.smilodon.index.ordered.Disagreement.Kind;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IndexVerifierTest {

    private static IndexFixture filled(String options) {
        IndexFixture index = IndexFixture.of("{\"key\": {\"a\": 1}" + options + "}");
        index.save("{\"_id\": 1, \"a\": 1}");
        index.save("{\"_id\": 2, \"a\": [2, 3]}");
        index.save("{\"_id\": 3}");
        return index;
    }

    private static List<Kind> kinds(IndexFixture index) {
        return index.verify().stream().map(Disagreement::kind).toList();
    }

    @Test
    void an_index_in_step_is_found_in_step() {
        assertEquals(List.of(), kinds(filled("")));
        assertEquals(List.of(), kinds(filled(", \"unique\": true, \"sparse\": true")));
    }

    /** A document of many entries, as that of a line, is not looked up for each of them. */
    @Test
    void documents_are_looked_up_only_if_there_are_other_entries_than_theirs() {
        IndexFixture index = filled("");
        index.lookups = 0;
        assertEquals(List.of(), kinds(index));
        assertEquals(0, index.lookups);
        index.documents.remove(KeyCodec.encode(Value.of(3)));
        assertEquals(List.of(Kind.ENTRY_WITHOUT_DOCUMENT), kinds(index));
        assertEquals(4, index.lookups);
    }

    @Test
    void an_absent_entry_is_found() {
        IndexFixture index = filled("");
        index.store.entries().pollFirstEntry();

        List<Disagreement> found = index.verify();

        assertEquals(List.of(Kind.ENTRY_ABSENT), kinds(index));
        assertEquals(Value.of(3), KeyCodec.decode(found.get(0).idKey()));
    }

    @Test
    void an_entry_that_its_document_does_not_give_is_found() {
        IndexFixture index = filled("");
        byte[] idKey = KeyCodec.encode(Value.of(1));
        index.documents.put(idKey, IndexFixture.json("{\"_id\": 1, \"a\": 5}"));

        assertEquals(List.of(Kind.ENTRY_ABSENT, Kind.ENTRY_WITHOUT_KEY), kinds(index));
    }

    @Test
    void an_entry_without_document_is_found() {
        IndexFixture index = filled("");
        index.documents.remove(KeyCodec.encode(Value.of(2)));

        assertEquals(
                List.of(Kind.ENTRY_WITHOUT_DOCUMENT, Kind.ENTRY_WITHOUT_DOCUMENT), kinds(index));
    }

    @Test
    void an_entry_with_other_types_is_found() {
        IndexFixture index = filled("");
        byte[] idKey = KeyCodec.encode(Value.of(1));
        index.documents.put(
                idKey, IndexFixture.json("{\"_id\": 1, \"a\": {\"$numberDouble\": \"1.0\"}}"));

        assertEquals(List.of(Kind.ENTRY_DIFFERS), kinds(index));
    }

    @Test
    void a_unique_key_of_another_document_is_found() {
        IndexFixture index = filled(", \"unique\": true");
        byte[] one = index.store.entries().firstEntry().getValue();
        byte[] key = index.store.entries().lastKey();
        index.store.entries().put(key, one);

        assertEquals(List.of(Kind.ENTRY_DIFFERS, Kind.ENTRY_WITHOUT_KEY), kinds(index));
    }

    @Test
    void a_damaged_entry_is_found() {
        IndexFixture unique = filled(", \"unique\": true");
        byte[] stray = unique.store.entries().lastKey().clone();
        stray[stray.length - 1]++;
        unique.store.entries().put(stray, new byte[] {0, 9, 9, 1});
        assertEquals(List.of(Kind.ENTRY_DAMAGED), kinds(unique));

        IndexFixture plain = filled("");
        plain.store.entries().put(new byte[] {3, 0, 0, 0, 7, 0x7e}, new byte[0]);
        plain.store.entries().put(new byte[] {3, 0, 0, 0, 7, 0x7f}, new byte[] {5});
        plain.store.entries().put(new byte[] {3, 0, 0, 0, 7, 0x70}, new byte[] {1, 3});
        assertEquals(
                List.of(Kind.ENTRY_DAMAGED, Kind.ENTRY_DAMAGED, Kind.ENTRY_DAMAGED), kinds(plain));
    }

    @Test
    void the_report_is_bounded() {
        IndexFixture index = IndexFixture.of("{\"key\": {\"a\": 1}}");
        for (int id = 0; id < 2 * IndexVerifier.DISAGREEMENTS_MAX; id++) {
            index.save("{\"_id\": " + id + ", \"a\": 1}");
        }
        index.store.entries().clear();

        assertEquals(IndexVerifier.DISAGREEMENTS_MAX, index.verify().size());
    }
}

package io.smilodon.index.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.value.Document;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.key.ExtractedKeys;
import io.smilodon.index.key.IndexKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words of texts, and the keys that they become. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TextIndexTest {

    private static List<String> words(String text, TextLanguage language) {
        List<String> words = new ArrayList<>();
        new Words(language, Sensitivity.NONE).forEach(text, words::add);
        return words;
    }

    private static Document doc(String json) {
        return ExtendedJson.readDocument(json.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource({
        "danish, da, og huse, [hus]",
        "dutch, nl, de katten, [kat]",
        "english, en, the running don't, [run]",
        "finnish, fi, ja talossa, [talo]",
        "french, fr, les maisons, [maison]",
        "german, de, und Häuser, [haus]",
        "hungarian, hu, és házak, [haz]",
        "italian, it, il cavalli, [cavall]",
        "norwegian, nb, og husene, [hus]",
        "portuguese, pt, o meninos, [menin]",
        "romanian, ro, şi caselor, [cas]",
        "russian, ru, и книги, [книг]",
        "spanish, es, los gatos, [gat]",
        "swedish, sv, och husen, [hus]",
        "turkish, tr, ve evler, [ev]",
    })
    void each_language_has_stems_and_stop_words(
            String name, String code, String text, String expected) {
        TextLanguage language = TextLanguage.named(name).orElseThrow();
        assertEquals(Optional.of(language), TextLanguage.named(code));
        assertEquals(expected, words(text, language).toString());
    }

    @Test
    void a_text_of_no_language_keeps_all_words() {
        assertEquals(List.of("the", "running"), words("The  running!", TextLanguage.NONE));
        assertEquals(Optional.empty(), TextLanguage.named("klingon"));
    }

    @ParameterizedTest
    @CsvSource({
        "a-b c_d, '[a, b, c_d]'",
        "x.y@z, '[x, y, z]'",
        "'o''clock', [o'clock]",
        "«où» 3€, '[ou, 3€]'",
        "日本、語, '[日本, 語]'",
    })
    void words_end_where_unicode_says(String text, String expected) {
        assertEquals(
                expected,
                words(text, text.contains("'") ? TextLanguage.ENGLISH : TextLanguage.NONE)
                        .toString());
    }

    @Test
    void turkish_has_two_letters_i() {
        assertTrue(Letters.lowerCase("Iİ", TextLanguage.TURKISH).equals("ıi"));
        assertTrue(Letters.lowerCase("I", TextLanguage.ENGLISH).equals("i"));
    }

    @Test
    void long_words_are_cut_and_stay_distinct() {
        String first = TextIndex.inEntry("x".repeat(300));
        assertFalse(first.equals(TextIndex.inEntry("x".repeat(301))));
        assertTrue(first.length() <= 200);
        assertEquals("x".repeat(200), TextIndex.inEntry("x".repeat(200)));
    }

    @Test
    void a_field_without_a_name_has_a_path_too() {
        String specification = "{'key': {'$**': 'text'}, 'weights': {'t': 5}}";
        TextKeys keys = new TextKeys(IndexDefinition.parse(doc(specification)).withId(3));
        ExtractedKeys inside = keys.keys(doc("{'': {'t': 'lamp'}}"));
        assertEquals(keys.keys(doc("{'other': 'lamp'}")), inside);
        assertNotEquals(keys.keys(doc("{'t': 'lamp'}")), inside);
    }

    @Test
    void keys_have_the_fields_before_and_behind_the_words() {
        IndexDefinition definition =
                IndexDefinition.parse(doc("{'key': {'a': 1, 't': 'text', 'b': -1}}")).withId(3);
        List<IndexKey> keys =
                new TextKeys(definition).keys(doc("{'a': 1, 't': 'red lamps'}")).keys();
        assertEquals("[(1, \"red\", 0.75, null), (1, \"lamp\", 0.75, null)]", keys.toString());
        assertEquals(List.of(), new TextKeys(definition).keys(doc("{'a': [1]}")).keys());
        assertEquals(definition, IndexDefinition.fromDocument(definition.toDocument()));
    }
}

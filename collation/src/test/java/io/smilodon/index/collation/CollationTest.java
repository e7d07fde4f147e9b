package io.smilodon.index.collation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.codec.KeyCodec;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.RandomValues;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CollationTest {

    private static final List<String> PIECES =
            List.of(
                    "a",
                    "A",
                    "b",
                    "B",
                    "e",
                    "\u00e9",
                    "e\u0301",
                    "\u00e8",
                    "c",
                    "ch",
                    "\u00df",
                    "ss",
                    "-",
                    " ",
                    ".",
                    "",
                    "1",
                    "2",
                    "10",
                    "02",
                    "\u4e2d",
                    "\ud83d\ude00",
                    "\u0000",
                    "\u00e4",
                    "z",
                    "Z",
                    "\u00d6",
                    "'");

    private static Collation collation(String json) {
        Document written = ExtendedJson.readDocument(json.replace('\'', '"'));
        return Collation.parse(written, Location.ROOT.child("collation")).orElseThrow();
    }

    private static int compare(Collation collation, String left, String right) {
        return Integer.signum(
                collation.order().compare(new StringValue(left), new StringValue(right)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "40414 | /collation             | {'strength': 1}",
                "40415 | /collation/level       | {'locale': 'en', 'level': 1}",
                "14    | /collation/locale      | {'locale': 1}",
                "2     | /collation/locale      | {'locale': ''}",
                "2     | /collation/locale      | {'locale': 'nowhere'}",
                "2     | /collation/locale      | {'locale': 'en-US'}",
                "2     | /collation/locale      | {'locale': 'en_us'}",
                "2     | /collation/locale      | {'locale': 'de@collation=nothing'}",
                "9     | /collation/locale      | {'locale': 'simple', 'strength': 1}",
                "2     | /collation/strength    | {'locale': 'en', 'strength': 0}",
                "2     | /collation/strength    | {'locale': 'en', 'strength': 6}",
                "2     | /collation/strength    | {'locale': 'en', 'strength': 1.5}",
                "14    | /collation/strength    | {'locale': 'en', 'strength': 'one'}",
                "14    | /collation/caseLevel   | {'locale': 'en', 'caseLevel': 'yes'}",
                "2     | /collation/caseFirst   | {'locale': 'en', 'caseFirst': 'both'}",
                "14    | /collation/caseFirst   | {'locale': 'en', 'caseFirst': true}",
                "2     | /collation/caseFirst   | {'locale': 'en', 'caseFirst': 'upper',"
                        + " 'strength': 2}",
                "2     | /collation/caseFirst   | {'locale': 'en', 'caseFirst': 'lower',"
                        + " 'strength': 1}",
                "2     | /collation/caseFirst   | {'locale': 'da', 'strength': 2}",
                "2     | /collation/backwards   | {'locale': 'fr', 'backwards': true,"
                        + " 'strength': 1}",
                "2     | /collation/alternate   | {'locale': 'en', 'alternate': 'ignored'}",
                "2     | /collation/maxVariable | {'locale': 'en', 'maxVariable': 'symbol'}",
                "161   | /collation/version     | {'locale': 'en', 'version': '1.0'}",
                "14    | /collation/version     | {'locale': 'en', 'version': 1}",
            })
    void mistakes_have_a_code_and_a_place(int code, String place, String written) {
        SmilodonException error = assertThrows(SmilodonException.class, () -> collation(written));
        assertEquals(code, error.code().number());
        assertEquals(place, error.location().orElseThrow().pointer());
    }

    @Test
    void a_name_that_is_nearly_right_gets_a_hint() {
        SmilodonException error =
                assertThrows(SmilodonException.class, () -> collation("{'locale': 'en-US'}"));
        assertEquals("Did you mean 'en_US'?", error.hint().orElseThrow());
    }

    @Test
    void every_option_is_shown() {
        assertEquals(
                "{'locale':'en','caseLevel':false,'caseFirst':'off','strength':3,"
                        + "'numericOrdering':false,'alternate':'non-ignorable',"
                        + "'maxVariable':'punct','normalization':false,'backwards':false,"
                        + "'version':'"
                        + IcuOrder.VERSION
                        + "'}",
                text("{'locale': 'en'}"));
        assertEquals(
                "{'locale':'de','caseLevel':true,'caseFirst':'upper','strength':5,"
                        + "'numericOrdering':true,'alternate':'shifted','maxVariable':'space',"
                        + "'normalization':true,'backwards':true,'version':'"
                        + IcuOrder.VERSION
                        + "'}",
                text(
                        "{'locale': 'de', 'caseLevel': true, 'caseFirst': 'upper', 'strength': 5,"
                                + " 'numericOrdering': true, 'alternate': 'shifted',"
                                + " 'maxVariable': 'space', 'normalization': true, 'backwards':"
                                + " 1}"));
    }

    private static String text(String written) {
        Document shown = collation(written).toDocument();
        return ExtendedJson.write(shown, JsonMode.RELAXED).replace('"', '\'').replace(" ", "");
    }

    @Test
    void what_a_locale_has_by_itself_is_kept() {
        assertTrue(text("{'locale': 'fr_CA'}").contains("'backwards':true"));
        assertTrue(text("{'locale': 'da'}").contains("'caseFirst':'upper'"));
        assertTrue(text("{'locale': 'de@collation=phonebook'}").contains("phonebook"));
    }

    @Test
    void nothing_written_names_no_collation() {
        assertTrue(Collation.parse(Document.EMPTY, Location.ROOT).isEmpty());
        assertSame(Collation.SIMPLE, collation("{'locale': 'simple'}"));
        assertTrue(Collation.SIMPLE.order().isSimple());
        assertFalse(collation("{'locale': 'en'}").isSimple());
    }

    @Test
    void equal_ones_compare_alike_however_they_were_written() {
        assertEquals(
                collation("{'locale': 'en'}"),
                collation("{'locale': 'en', 'strength': 3, 'caseLevel': false}"));
        assertEquals(
                collation("{'locale': 'en'}"),
                Collation.ofStored(collation("{'locale': 'en'}").toDocument()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "0  | a    | A    | {'locale': 'en', 'strength': 1}",
                "0  | e    | \u00e9 | {'locale': 'en', 'strength': 1}",
                "0  | a    | A    | {'locale': 'en', 'strength': 2}",
                "-1 | e    | \u00e9 | {'locale': 'en', 'strength': 2}",
                "-1 | a    | A    | {'locale': 'en'}",
                "1  | a    | A    | {'locale': 'en', 'caseFirst': 'upper'}",
                "-1 | a    | A    | {'locale': 'en', 'strength': 1, 'caseLevel': true}",
                "0  | e    | \u00e9 | {'locale': 'en', 'strength': 1, 'caseLevel': true}",
                "1  | 10   | 2    | {'locale': 'en', 'numericOrdering': true}",
                "-1 | 10   | 2    | {'locale': 'en'}",
                "0  | a-b  | ab   | {'locale': 'en', 'alternate': 'shifted', 'strength': 3}",
                "-1 | a-b  | ab   | {'locale': 'en'}",
                "-1 | \u00d6 | Z    | {'locale': 'de'}",
                "1  | \u00d6 | Z    | {'locale': 'sv'}",
                "-1 | cote\u0301 | co\u0302te | {'locale': 'fr'}",
                "1  | cote\u0301 | co\u0302te | {'locale': 'fr_CA'}",
            })
    void options_do_what_they_say(int sign, String left, String right, String written) {
        assertEquals(sign, compare(collation(written), left, right));
    }

    @Test
    void a_collation_of_another_version_can_be_shown_but_not_used() {
        Document other =
                collation("{'locale': 'en'}").toDocument().with("version", new StringValue("57.1"));
        Collation stored = Collation.ofStored(other);

        assertEquals(other, stored.toDocument());
        SmilodonException error = assertThrows(SmilodonException.class, stored::order);
        assertEquals(161, error.code().number());
    }

    /** The law that lets an index of keys answer for comparisons. */
    @RepeatedTest(200)
    void keys_sort_as_the_values_compare() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        ValueOrder order = collation(random(random)).order();
        Value left = randomValue(random);
        Value right = randomValue(random);

        int expected = Integer.signum(order.compare(left, right));
        byte[] leftKey = KeyCodec.encode(order.key(left));
        byte[] rightKey = KeyCodec.encode(order.key(right));

        assertEquals(
                expected,
                Integer.signum(Arrays.compareUnsigned(leftKey, rightKey)),
                () -> "seed " + seed + ": " + left + " against " + right);
        assertEquals(-expected, Integer.signum(order.compare(right, left)));
        if (expected == 0) {
            assertEquals(order.hashOf(left), order.hashOf(right));
        }
    }

    private static Value randomValue(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> new RandomValues(random.nextLong()).next();
            case 1 -> Document.of("x", randomText(random));
            case 2 -> ArrayValue.of(randomText(random));
            default -> randomText(random);
        };
    }

    private static Value randomText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return new StringValue(text.toString());
    }

    private static String random(Random random) {
        List<String> locales = List.of("en", "de", "fr_CA", "sv", "da", "ja", "es");
        String locale = locales.get(random.nextInt(locales.size()));
        int weakest = // what these order by needs so many levels
                switch (locale) {
                    case "da" -> 3;
                    case "fr_CA" -> 2;
                    default -> 1;
                };
        return "{'locale': '"
                + locale
                + "', 'strength': "
                + random.nextInt(weakest, 6)
                + ", 'caseLevel': "
                + random.nextBoolean()
                + ", 'numericOrdering': "
                + random.nextBoolean()
                + ", 'normalization': "
                + random.nextBoolean()
                + ", 'alternate': '"
                + (random.nextBoolean() ? "shifted" : "non-ignorable")
                + "'}";
    }
}

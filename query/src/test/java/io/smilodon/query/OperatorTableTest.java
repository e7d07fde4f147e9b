package io.smilodon.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OperatorTableTest {

    private static final OperatorTable<Integer> TABLE =
            OperatorTable.<Integer>builder()
                    .add("$elemMatch", 1)
                    .add("$eq", 2)
                    .add("$exists", 3)
                    .add("$gt", 4)
                    .add("$gte", 5)
                    .build();

    @Test
    void finds_a_row_by_its_exact_name() {
        assertEquals(Optional.of(4), TABLE.find("$gt"));
        assertEquals(Optional.empty(), TABLE.find("$GT"));
        assertTrue(TABLE.has("$eq"));
        assertFalse(TABLE.has("eq"));
    }

    @Test
    void names_are_in_the_order_of_the_rows() {
        assertEquals(
                List.of("$elemMatch", "$eq", "$exists", "$gt", "$gte"), List.copyOf(TABLE.names()));
    }

    @Test
    void a_name_has_one_row() {
        OperatorTable.Builder<Integer> builder = OperatorTable.<Integer>builder().add("$eq", 1);

        assertThrows(IllegalArgumentException.class, () -> builder.add("$eq", 2));
    }

    @ParameterizedTest
    @CsvSource({
        "$gtt, $gt",
        "$tg, $gt",
        "$exist, $exists",
        "$elemMtach, $elemMatch",
        "$elementMatch, ''",
        "gte, $gte",
        "$regex, ''"
    })
    void suggests_the_nearest_name(String unknown, String suggested) {
        assertEquals(suggested, TABLE.suggest(unknown).orElse(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$", "$x", "x", "$something"})
    void suggests_nothing_if_nothing_is_near(String unknown) {
        assertEquals(Optional.empty(), TABLE.suggest(unknown));
    }

    @Test
    void suggests_nothing_for_names_of_absurd_length() {
        assertEquals(Optional.empty(), TABLE.suggest("$" + "g".repeat(100_000)));
    }

    @Test
    void adds_the_suggestion_to_an_error_as_its_hint() {
        SmilodonException error = new SmilodonException(ErrorCode.BAD_VALUE, "unknown operator");

        assertEquals(Optional.of("did you mean $gt?"), TABLE.withSuggestion(error, "$gtt").hint());
        assertEquals(Optional.empty(), TABLE.withSuggestion(error, "$nothing").hint());
    }
}

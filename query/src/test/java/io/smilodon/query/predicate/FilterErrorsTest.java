package io.smilodon.query.predicate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no filter: each error with its code, its place and its words. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FilterErrorsTest {

    private static SmilodonException error(Document filter) {
        return assertThrows(SmilodonException.class, () -> PredicateParser.parse(filter));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // rule 24: all names or none are operators
                "{'year': {'$gtt': 5}} | 2 | /year/$gtt | unknown operator: $gtt",
                "{'x': {'$lt': 10, 'y': 23}} | 2 | /x/y | unknown operator: y",
                "{'x': {'$and': []}} | 2 | /x/$and | unknown operator: $and",
                "{'$nand': []} | 2 | /$nand | unknown top level operator: $nand",
                "{'$gt': 5} | 2 | /$gt | unknown top level operator: $gt",
                // rule 25
                "{'a': {'$all': 5}} | 2 | /a/$all | $all needs an array",
                "{'a': {'$all': [{'$gt': 1}]}} | 2 | /a/$all/0 | no $ expressions in $all",
                "{'a': {'$all': [{'$elemMatch': {}}, 5]}} | 2 | /a/$all/1 | has to be consistent",
                "{'a': {'$in': 5}} | 2 | /a/$in | $in needs an array",
                "{'a': {'$nin': 5}} | 2 | /a/$nin | $nin needs an array",
                // rule 26
                "{'a': {'$elemMatch': [1]}} | 2 | /a/$elemMatch | $elemMatch needs an Object",
                "{'a': {'$elemMatch': {'b': {'$x': 1}}}} | 2 | /a/$elemMatch/b/$x | unknown operator",
                // rule 27
                "{'a': {'$size': 1.5}} | 2 | /a/$size | Failed to parse $size. Expected an integer",
                "{'a': {'$size': 2147483648}} | 2 | /a/$size | Cannot represent it in an int",
                "{'a': {'$size': -1}} | 2 | /a/$size | Expected a non-negative number",
                "{'a': {'$size': '1'}} | 2 | /a/$size | Failed to parse $size. Expected a number",
                // rule 28
                "{'a': {'$not': 5}} | 2 | /a/$not | $not needs a regex or a document",
                "{'a': {'$not': {}}} | 2 | /a/$not | $not cannot be empty",
                "{'a': {'$not': {'b': 1}}} | 2 | /a/$not/b | unknown operator: b",
                // rule 34
                "{'$expr': {'$foo': 1}} | 168 | /$expr/$foo | Unrecognized expression",
                "{'$and': [{'$expr': '$$v'}]} | 17276 | /$and/0/$expr | undefined variable",
                "{'$expr': {'$eq': [1]}} | 16020 | /$expr/$eq | exact number of arguments",
                "{'a': {'$expr': 1}} | 2 | /a/$expr | unknown operator: $expr",
                "{'a': {'$elemMatch': {'$expr': 1}}} | 2 | /a/$elemMatch/$expr | top-level",
                // rule 29
                "{'$and': []} | 2 | /$and | $and/$or/$nor must be a nonempty array",
                "{'$or': {}} | 2 | /$or | $or must be an array",
                "{'$nor': [5]} | 2 | /$nor/0 | $or/$and/$nor entries need to be full objects",
                // rule 30
                "{'a': {'$type': 'text'}} | 2 | /a/$type | Unknown type name alias: text",
                "{'a': {'$type': 'missing'}} | 2 | /a/$type | Unknown type name alias: missing",
                "{'a': {'$type': 1.5}} | 2 | /a/$type | Invalid numerical type code",
                "{'a': {'$type': 0}} | 2 | /a/$type | Invalid numerical type code",
                "{'a': {'$type': 99}} | 2 | /a/$type | Invalid numerical type code",
                "{'a': {'$type': [true]}} | 14 | /a/$type/0 | type must be represented as a number",
                "{'a': {'$type': []}} | 9 | /a/$type | must match at least one type",
                // rule 31
                "{'a': {'$mod': 5}} | 2 | /a/$mod | malformed mod, needs to be an array",
                "{'a': {'$mod': [5]}} | 2 | /a/$mod | malformed mod, not enough elements",
                "{'a': {'$mod': [5, 1, 2]}} | 2 | /a/$mod | malformed mod, too many elements",
                "{'a': {'$mod': [0.5, 1]}} | 2 | /a/$mod/0 | divisor cannot be 0",
                "{'a': {'$mod': ['5', 1]}} | 2 | /a/$mod/0 | malformed mod, divisor not a number",
                "{'a': {'$mod': [5, null]}} | 2 | /a/$mod/1 | malformed mod, remainder not a number",
                "{'a': {'$mod': [{'$numberDouble': 'NaN'}, 1]}} | 2 | /a/$mod/0 | not a finite number",
                "{'a': {'$mod': [5, 1e300]}} | 2 | /a/$mod/1 | not a finite number",
                // rule 32
                "{'a': {'$regex': 'x', '$options': 'g'}} | 51108 | /a/$regex | invalid flag",
                "{'a': {'$regex': '('}} | 51091 | /a/$regex | Regular expression is invalid",
                "{'a': {'$regex': 5}} | 2 | /a/$regex | $regex has to be a string",
                "{'a': {'$regex': 'x', '$options': 5}} | 2 | /a/$regex | $options has to be a string",
                "{'a': {'$options': 'i'}} | 2 | /a/$options | $options needs a $regex",
                "{'a': {'$in': [1, {'$regex': 'x'}]}} | 2 | /a/$in/1 | cannot nest $ under $in",
                "{'a': {'$not': {'$regex': 'x', '$options': 'l'}}} | 51108 | /a/$not/$regex | invalid",
                // rule 35
                "{'a': {'$bitsAllSet': 1.5}} | 9 | /a/$bitsAllSet | Expected an integer of 64 bits",
                "{'a': {'$bitsAnySet': 1e300}} | 9 | /a/$bitsAnySet | Expected an integer of 64 bits",
                "{'a': {'$bitsAllClear': -1}} | 9 | /a/$bitsAllClear | a non-negative number",
                "{'a': {'$bitsAnyClear': true}} | 2 | /a/$bitsAnyClear | take an array, a number or",
                "{'a': {'$bitsAllSet': [0, 1.5]}} | 2 | /a/$bitsAllSet/1 | must be an integer",
                "{'a': {'$bitsAllSet': [true]}} | 2 | /a/$bitsAllSet/0 | must be an integer",
                "{'a': {'$bitsAllSet': [-1]}} | 2 | /a/$bitsAllSet/0 | must be >= 0",
                "{'a': {'$bitsAllSet': [2147483648]}} | 2 | /a/$bitsAllSet/0 | 32-bit signed integer",
                // extras
                "{'a': {'$allMatch': 1}} | 2 | /a/$allMatch | $allMatch needs an Object",
                "{'a': {'$allMatch': {'$x': 1}}} | 2 | /a/$allMatch/$x | unknown operator: $x",
                "{'a': {'$keyMapMatch': 1}} | 2 | /a/$keyMapMatch | $keyMapMatch needs an Object",
                "{'a': {'$keyMapMatch': {'b': 1}}} | 2 | /a/$keyMapMatch | operators on the keys",
                "{'a': {'$beginsWith': 1}} | 2 | /a/$beginsWith | $beginsWith has to be a string",
                "{'$sampleRate': '1'} | 2 | /$sampleRate | must be a numeric type",
                "{'$sampleRate': 1.1} | 2 | /$sampleRate | must be in [0, 1]",
                "{'$sampleRate': -0.1} | 2 | /$sampleRate | must be in [0, 1]",
                "{'$sampleRate': {'$numberDouble': 'NaN'}} | 2 | /$sampleRate | must be in [0, 1]",
                "{'a': {'$elemMatch': {'$sampleRate': 0}}} | 2 | /a/$elemMatch/$sampleRate | top-level",
                // undefined
                "{'a': {'$undefined': true}} | 2 | /a | cannot compare to undefined",
                "{'a': {'$lt': {'$undefined': true}}} | 2 | /a/$lt | cannot compare to undefined",
                // constants
                "{'$alwaysTrue': true} | 9 | /$alwaysTrue | the operand must be the number 1",
                "{'$alwaysFalse': 0} | 9 | /$alwaysFalse | the operand must be the number 1"
            })
    void rules_024_to_032_name_code_place_and_reason(
            String filter, int code, String place, String text) {
        SmilodonException error = error(Matching.read(filter.replace('\'', '"')));

        assertEquals(code, error.code().number());
        assertEquals(place, error.location().orElseThrow().pointer());
        assertTrue(error.getMessage().contains(text), error::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$gt", "$gte", "$lt", "$lte", "$ne"})
    void rule_033_a_regular_expression_is_no_bound(String operator) {
        String regex = "{\"$regularExpression\": {\"pattern\": \"x\", \"options\": \"\"}}";
        SmilodonException error =
                error(Matching.read("{\"a\": {\"" + operator + "\": " + regex + "}}"));

        assertEquals(2, error.code().number());
        assertTrue(error.getMessage().startsWith("Can't have"), error::getMessage);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'$regex': R, '$options': 'm' | 51075",
                "'$regex': R, '$options': '' | 51075",
                "'$options': 'm', '$regex': R | 51074"
            })
    void rule_032_options_given_twice(String operators, int code) {
        String regex = "{'$regularExpression': {'pattern': 'x', 'options': 'i'}}";
        String filter = "{'a': {" + operators.replace("R", regex) + "}}";

        assertEquals(code, error(Matching.read(filter.replace('\'', '"'))).code().number());
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"a\": {\"$gtt\": 5}}', did you mean $gt?",
        "'{\"$adn\": [{}]}', did you mean $and?",
        "'{\"$gt\": 5}', $gt belongs under a field: {field: {$gt: ...}}",
        "'{\"a\": {\"$or\": []}}', $or belongs at the top level of a filter"
    })
    void hints_say_what_was_meant(String filter, String hint) {
        assertEquals(hint, error(Matching.read(filter)).hint().orElseThrow());
    }

    @Test
    void half_a_character_is_no_prefix() {
        SmilodonException error =
                error(Document.of("a", Document.of("$beginsWith", Value.of("x\ud83d"))));

        assertEquals(2, error.code().number());
        assertEquals("$beginsWith has to be of whole characters", error.template());
    }

    @Test
    void where_is_refused_by_design() {
        SmilodonException error = error(Document.of("$where", Value.of("this.a == 1")));

        assertEquals(115, error.code().number());
        assertTrue(error.getMessage().contains("by design"));
    }

    @Test
    void places_start_where_the_filter_stands() {
        SmilodonException error =
                assertThrows(
                        SmilodonException.class,
                        () ->
                                PredicateParser.parse(
                                        Document.of("$nope", Value.of(1)),
                                        Location.ROOT.child("filter")));

        assertEquals("/filter/$nope", error.location().orElseThrow().pointer());
    }

    @Test
    void filters_nest_a_hundred_deep_and_no_deeper() {
        assertTrue(PredicateParser.parse(nested(99)).matches(Document.EMPTY));
        assertEquals("filter is nested too deeply", error(nested(100)).template());
        assertEquals("filter is nested too deeply", error(notNested(100)).template());
    }

    private static Document nested(int levels) {
        Document filter = Document.EMPTY;
        for (int i = 0; i < levels; i++) {
            filter = Document.of("$and", ArrayValue.of(filter));
        }
        return filter;
    }

    private static Document notNested(int levels) {
        Document operators = Document.of("$gt", Value.of(1));
        for (int i = 0; i < levels; i++) {
            operators = Document.of("$not", operators);
        }
        return Document.of("a", operators);
    }

    @Test
    void a_filter_has_ten_thousand_operators_at_most() {
        Document equality = Document.of("a", Value.of(1));
        List<Document> most = Collections.nCopies(FilterLimits.OPERATORS_MAX - 1, equality);
        List<Document> tooMany = Collections.nCopies(FilterLimits.OPERATORS_MAX, equality);

        assertTrue(
                PredicateParser.parse(Document.of("$or", ArrayValue.of(most))).matches(equality));
        assertEquals(
                "filter has too many operators",
                error(Document.of("$or", ArrayValue.of(tooMany))).template());
    }

    @Test
    void a_list_has_a_hundred_thousand_values_at_most() {
        List<Value> most = Collections.nCopies(FilterLimits.LIST_VALUES_MAX, Value.of(1));
        List<Value> tooMany = Collections.nCopies(FilterLimits.LIST_VALUES_MAX + 1, Value.of(1));

        assertTrue(PredicateParser.parse(in(most)).matches(Document.of("a", Value.of(1))));
        assertEquals("list of values is too long", error(in(tooMany)).template());
    }

    private static Document in(List<Value> values) {
        return Document.of("a", Document.of("$in", ArrayValue.of(values)));
    }

    @Test
    void the_tables_are_alphabetical() {
        assertEquals(
                FilterOperators.FIELD.names().stream().sorted().toList(),
                List.copyOf(FilterOperators.FIELD.names()));
        assertEquals(
                FilterOperators.ROOT.names().stream().sorted().toList(),
                List.copyOf(FilterOperators.ROOT.names()));
    }
}

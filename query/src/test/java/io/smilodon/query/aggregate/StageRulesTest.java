package io.smilodon.query.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.testing.ListCursor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Rules 97 to 101 and 110 of the language, one by one; the scripts have many more cases of them.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StageRulesTest {

    private static final String JOIN =
            "{'$lookup': {'from': 'other', 'localField': 'k', 'foreignField': 'f', 'as': 'r'}}";

    private static List<Document> documents(String json) {
        return ExtendedJson.readArray(json.replace('\'', '"')).elements().stream()
                .map(Document.class::cast)
                .toList();
    }

    private static String run(String input, String other, String stages) {
        Pipeline pipeline =
                Pipeline.parse(
                        ExtendedJson.readArray(("[" + stages + "]").replace('\'', '"')),
                        Location.ROOT);
        StageContext context =
                new MemoryCollections(
                        OperationContext.unlimited(), Map.of("other", documents(other)));
        List<Document> result =
                ListCursor.drain(pipeline.open(new ListCursor(documents(input)), context));
        return ExtendedJson.write(ArrayValue.of(result), JsonMode.RELAXED)
                .replace('"', '\'')
                .replace(" ", "");
    }

    private static void assertCode(int code, String stages) {
        SmilodonException error =
                assertThrows(SmilodonException.class, () -> run("[{'_id':1,'a':5}]", "[]", stages));
        assertEquals(code, error.code().number(), error::getMessage);
    }

    @Test
    void rule_097_unwind_drops_what_has_no_element_unless_told_otherwise() {
        String input = "[{'a':[]},{'a':null},{},{'a':3},{'a':[4]}]";
        assertEquals("[{'a':3},{'a':4}]", run(input, "[]", "{'$unwind':'$a'}"));
        assertEquals(
                "[{'i':null},{'a':null,'i':null},{'i':null},{'a':3,'i':null},{'a':4,'i':0}]",
                run(
                        input,
                        "[]",
                        "{'$unwind':{'path':'$a','preserveNullAndEmptyArrays':true,"
                                + "'includeArrayIndex':'i'}}"));
    }

    @Test
    void rule_098_lookup_null_and_missing_match_each_other() {
        String other = "[{'_id':7,'f':null},{'_id':8},{'_id':9,'f':1}]";
        assertEquals(
                "[{'k':null,'r':[{'_id':7,'f':null},{'_id':8}]},"
                        + "{'r':[{'_id':7,'f':null},{'_id':8}]}]",
                run("[{'k':null},{}]", other, JOIN));
    }

    @Test
    void rule_098_lookup_arrays_match_by_any_element() {
        assertEquals(
                "[{'k':[1,2],'r':[{'_id':7,'f':2},{'_id':8,'f':[5,1]}]}]",
                run("[{'k':[1,2]}]", "[{'_id':7,'f':2},{'_id':8,'f':[5,1]},{'_id':9}]", JOIN));
    }

    @Test
    void rule_098_lookup_in_a_missing_collection_finds_nothing() {
        assertEquals("[{'k':1,'r':[]}]", run("[{'k':1}]", "[]", JOIN.replace("other", "none")));
    }

    @Test
    void rule_099_replace_root_and_sample() {
        assertCode(40228, "{'$replaceRoot':{'newRoot':'$a'}}");
        assertCode(40228, "{'$replaceWith':'$nothing'}");
        assertCode(40228, "{'$replaceRoot':{'newRoot':null}}");
        assertCode(40228, "{'$replaceRoot':{'newRoot':[{}]}}");
        assertCode(28745, "{'$sample':3}");
        assertCode(28746, "{'$sample':{'size':'x'}}");
        assertCode(28747, "{'$sample':{'size':0}}");
        assertCode(28747, "{'$sample':{'size':-1}}");
        assertCode(28748, "{'$sample':{'size':1,'x':1}}");
        assertCode(28749, "{'$sample':{}}");
    }

    @Test
    void rule_101_collisions_and_empty_projections() {
        assertCode(31249, "{'$project':{'a':1,'a.b':1}}");
        assertCode(31249, "{'$unset':['a','a.b']}");
        assertCode(51272, "{'$project':{}}");
    }

    @Test
    void rule_101_added_fields_go_into_every_element() {
        assertEquals(
                "[{'a':[{'b':1},{'b':1,'c':2}]}]",
                run("[{'a':[{},{'b':0,'c':2}]}]", "[]", "{'$addFields':{'a.b':1}}"));
    }

    /** Places come with their stage, texts only first; scripts never come. */
    @Test
    void rule_110_match_takes_no_near_no_text_and_no_where() {
        assertCode(5626500, "{'$match':{'a':{'$near':[0,0]}}}");
        assertCode(5626500, "{'$match':{'$or':[{'a':{'$nearSphere':[0,0]}}]}}");
        assertCode(17313, "{'$limit':1},{'$match':{'$text':{'$search':'x'}}}");
        assertCode(115, "{'$match':{'$where':'true'}}");
    }
}

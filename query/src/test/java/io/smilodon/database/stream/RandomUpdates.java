package io.smilodon.database.stream;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Documents with documents and arrays in them, and updates of all kinds. */
public final class RandomUpdates {

    private static final String[] UPDATES = {
        "{'$set': {'a': #}}",
        "{'$set': {'c.x': #, 'c.y': #}}",
        "{'$set': {'n.x.y': #}, '$unset': {'a': ''}}",
        "{'$unset': {'c.x': '', 'b': '', 'n': ''}}",
        "{'$set': {'t': [#, #, #]}}",
        "{'$set': {'t.1': #}}",
        "{'$set': {'t.4': #}}",
        "{'$set': {'c': {'x': #}}}",
        "{'$push': {'t': #}}",
        "{'$push': {'t': {'$each': [#, #], '$slice': -3}}}",
        "{'$push': {'t': {'$each': [#], '$position': 0}}}",
        "{'$push': {'d.$[].l': #}}",
        "{'$addToSet': {'t': #}}",
        "{'$pull': {'t': #}}",
        "{'$pop': {'t': 1}, '$set': {'a': #}}",
        "{'$inc': {'d.$[].k': #}}",
        "{'$set': {'d.0.k': #, 'd.0.m': #}}",
        "{'$push': {'d': {'k': #, 'l': []}}}",
        "{'$pull': {'d': {'k': #}}}",
        "{'$rename': {'a': 'b'}}",
        "[{'$set': {'c': {'x': #}, 't': {'$slice': ['$t', 1]}}}]",
        "[{'$set': {'t': {'$concatArrays': ['$t', [#, #]]}}}, {'$unset': 'b'}]",
        "[{'$set': {'d': {'$map': {'input': '$d', 'in': {'k': '$$this.k', 'l': [#], 's': '~'}}}}}]",
        "[{'$set': {'d': {'$reverseArray': '$d'}}}]",
        "[{'$set': {'d': {'$slice': ['$d', 1]}, 'c.y': '~'}}]",
        "[{'$replaceWith': {'_id': '$_id', 'a': #, 't': [#], 'd': [], 'c': {}}}]",
    };

    private final Random random;

    public RandomUpdates(Random random) {
        this.random = random;
    }

    private Value number() {
        return Value.of(random.nextInt(4));
    }

    private Value array() {
        List<Value> elements = new ArrayList<>();
        for (int count = random.nextInt(5); count > 0; count--) {
            elements.add(number());
        }
        return ArrayValue.of(elements);
    }

    /** A document that each of the updates can be applied to. */
    public Document document(Value id) {
        DocumentBuilder document = Document.builder().put("_id", id);
        for (String name : List.of("a", "b")) {
            if (random.nextBoolean()) {
                document.put(name, number());
            }
        }
        List<Value> inner = new ArrayList<>();
        for (int count = random.nextInt(3); count > 0; count--) {
            inner.add(Document.of("k", number()).with("l", array()));
        }
        return document.put("t", array())
                .put("c", Document.of("x", number()))
                .put("d", ArrayValue.of(inner))
                .build();
    }

    public Value update() {
        StringBuilder text = new StringBuilder();
        for (char sign : UPDATES[random.nextInt(UPDATES.length)].toCharArray()) {
            switch (sign) {
                case '#' -> text.append(random.nextInt(4));
                case '~' -> text.append("long enough to be told in parts ".repeat(4));
                case '\'' -> text.append('"');
                default -> text.append(sign);
            }
        }
        return ExtendedJson.readValue(text.toString());
    }
}

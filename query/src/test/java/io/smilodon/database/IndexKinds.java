package io.smilodon.database;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** An index of every kind, documents for all of them, and what to ask of each. */
final class IndexKinds {

    /** What the clock of the database shows: documents whose date lies earlier have expired. */
    static final long NOW_MILLIS = 1_000_000;

    private static final List<String> WORDS = List.of("ape", "bee", "cat", "dog", "eel");

    private static final String SQUARE =
            "{'$geometry':{'type':'Polygon','coordinates':[[[0,0],[5,0],[5,5],[0,5],[0,0]]]}}";

    /** Every kind; the words have no stems, so that a pattern finds them too. */
    static final List<Kind> ALL =
            List.of(
                    kind("{'key':{'a':1}}", "{'a':{'$gte':1}}", "{'a':null}", "{'a':2}"),
                    kind("{'key':{'n':-1,'a':1}}", "{'n':{'$lt':4},'a':{'$gt':0}}"),
                    kind("{'key':{'u':1},'unique':true}", "{'u':{'$gte':3}}", "{'u':5}"),
                    kind("{'key':{'a':1,'k':1},'sparse':true}", "{'a':{'$gt':0}}"),
                    kind("{'key':{'h':'hashed'}}", "{'h':1}", "{'h':null}"),
                    kind("{'key':{'w.$**':1}}", "{'w.x':{'$gt':1}}", "{'w.y':2}"),
                    kind("{'key':{'$**':1}}", "{'n':{'$gte':2}}", "{'a':2}"),
                    kind(
                            "{'key':{'k':1,'w.$**':1,'u':1}}",
                            "{'k':{'$gte':1},'w.x':{'$gt':1}}",
                            "{'k':{'$in':[0,2]},'u':{'$gt':2}}"),
                    kind("{'key':{'w.$**':-1,'n':1}}", "{'w.y':2,'n':{'$lt':4}}"),
                    kind(
                            "{'key':{'k':1},'partialFilterExpression':{'n':{'$gt':2}}}",
                            "{'k':{'$gte':1},'n':{'$gt':2}}",
                            "{'k':0,'n':4}"),
                    kind("{'key':{'at':1},'expireAfterSeconds':0}", "{'at':{'$exists':true}}"),
                    kind(
                            "{'key':{'s':1},'collation':{'locale':'en','strength':2}}",
                            "{'s':{'$exists':true}}"),
                    kind("{'key':{'k':-1},'hidden':true}"),
                    kind(
                            "{'key':{'p':'2dsphere'}}",
                            "{'p':{'$geoIntersects':" + SQUARE + "}}",
                            "{'p':{'$geoWithin':" + SQUARE + "}}"),
                    kind(
                            "{'key':{'k':1,'p':'2dsphere'}}",
                            "{'k':{'$gt':0},'p':{'$geoIntersects':" + SQUARE + "}}"),
                    kind("{'key':{'q':'2d'}}", "{'q':{'$geoWithin':{'$box':[[1,1],[6,7]]}}}"),
                    kind("{'key':{'t':'text'},'default_language':'none'}")
                            .asking("{'$text':{'$search':'ape'}}", "{'t':{'$regex':'ape'}}")
                            .asking("{'$text':{'$search':'bee'}}", "{'t':{'$regex':'bee'}}"));

    private IndexKinds() {}

    /**
     * What an index finds and what looking at all documents finds.
     *
     * @param asked the filter that the index answers
     * @param scanned the same for documents alone
     */
    record Question(Document asked, Document scanned) {}

    /** One kind of index. */
    record Kind(Document specification, List<Question> questions) {

        Kind asking(String asked, String scanned) {
            List<Question> more = new ArrayList<>(questions);
            more.add(new Question(Json.doc(asked), Json.doc(scanned)));
            return new Kind(specification, more);
        }

        boolean isText() {
            return ((Document) specification.get("key")).has("t");
        }

        @Override
        public String toString() {
            return Json.text(specification);
        }
    }

    private static Kind kind(String specification, String... filters) {
        Kind kind = new Kind(Json.doc(specification), List.of());
        for (String filter : filters) {
            kind = kind.asking(filter, filter);
        }
        return kind;
    }

    /**
     * Compares the entries of every index with the documents, in both directions, and its answers
     * with those of a scan.
     *
     * @return what is wrong
     */
    static List<String> disagreements(DocumentCollection things) {
        List<String> wrong = new ArrayList<>(things.verify());
        for (Document index : things.indexes()) {
            for (Kind kind : ALL) {
                if (isOf(kind, index)) {
                    for (Question question : kind.questions()) {
                        FindRequest asked = request(question.asked(), kind, index);
                        wrong.addAll(ask(question, asked, things));
                    }
                }
            }
        }
        return wrong;
    }

    private static boolean isOf(Kind kind, Document index) {
        return kind.isText()
                ? index.has("weights")
                : kind.specification().get("key").equals(index.get("key"));
    }

    private static List<String> ask(
            Question question, FindRequest asked, DocumentCollection things) {
        TreeSet<String> found = ids(things, asked);
        FindRequest scan = FindRequest.of(question.scanned());
        TreeSet<String> wanted = ids(things, scan.withHint(Document.of("$natural", Value.of(1))));
        return found.equals(wanted)
                ? List.of()
                : List.of(question + " finds " + found + " instead of " + wanted);
    }

    /** By this index; a search for words finds it by itself. */
    private static FindRequest request(Document filter, Kind kind, Document index) {
        FindRequest any = FindRequest.of(filter);
        if (kind.isText()) {
            return any;
        }
        FindRequest hinted = any.withHint(index.get("name"));
        return kind.specification().get("collation") instanceof Document collation
                ? hinted.withCollation(collation)
                : hinted;
    }

    private static TreeSet<String> ids(DocumentCollection things, FindRequest request) {
        TreeSet<String> ids = new TreeSet<>();
        try (DocumentCursor cursor = things.find(request)) {
            cursor.forEachRemaining(document -> ids.add(document.get("_id").toString()));
        }
        return ids;
    }

    /** A document with something for each kind of index, except what chance leaves out. */
    static Document document(int id, Random random) {
        DocumentBuilder document = Document.builder().put("_id", id).put("u", id);
        document.put("k", random.nextInt(4)).put("n", random.nextInt(6));
        put(document, "a", oneOf(random, "1", "2", "[1, 2]", "[2, null]", "null", "'x'", "[]"));
        put(document, "s", oneOf(random, "'Pq'", "'pQ'", "'r'", "3", "['p', 'P']"));
        put(document, "h", oneOf(random, "1", "1.0", "'y'", "null", "{'x': 1}"));
        put(document, "w", oneOf(random, "{'x': 1}", "{'x': [2, 3], 'y': {'z': 1}}", "{'y': 2}"));
        put(document, "p", random.nextInt(8) == 0 ? line(random) : point(random));
        put(document, "q", "[" + random.nextInt(9) + "," + random.nextInt(9) + "]");
        put(document, "t", words(random));
        long expiry = NOW_MILLIS + (random.nextInt(3) == 0 ? -5_000 : 5_000);
        put(document, "at", "{'$date': {'$numberLong': '" + expiry + "'}}");
        Document whole = document.build();
        String absent = oneOf(random, "a", "s", "h", "w", "p", "q", "t", "at", "k");
        return random.nextBoolean() ? whole : whole.without(absent);
    }

    private static void put(DocumentBuilder document, String name, String json) {
        document.put(name, Json.value(json));
    }

    private static String point(Random random) {
        return "{'type':'Point','coordinates':" + at(random.nextInt(9), random.nextInt(9)) + "}";
    }

    private static String line(Random random) {
        int x = random.nextInt(9);
        return "{'type':'LineString','coordinates':[" + at(x, 1) + "," + at(x + 1, 3) + "]}";
    }

    private static String at(int x, int y) {
        return "[" + x + "," + y + "]";
    }

    private static String words(Random random) {
        String two = "'" + oneOf(random, WORDS) + " " + oneOf(random, WORDS) + "'";
        return random.nextInt(4) == 0 ? "[" + two + ", '" + oneOf(random, WORDS) + "']" : two;
    }

    private static String oneOf(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    static <T> T oneOf(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}

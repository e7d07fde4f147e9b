package io.smilodon.bench.peer;

import com.arcadedb.GlobalConfiguration;
import com.arcadedb.database.Database;
import com.arcadedb.database.DatabaseFactory;
import com.arcadedb.database.Document;
import com.arcadedb.database.MutableDocument;
import com.arcadedb.database.bucketselectionstrategy.ThreadBucketSelectionStrategy;
import com.arcadedb.engine.WALFile;
import com.arcadedb.index.IndexCursor;
import com.arcadedb.index.RangeIndex;
import com.arcadedb.schema.DocumentType;
import com.arcadedb.schema.Schema;
import com.arcadedb.schema.Type;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smilodon.bench.corpus.Person;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** ArcadeDB in this process: a document type with a unique index on the id. */
final class ArcadePeer implements Peer {

    private static final String PEOPLE = "Person";
    private static final String ID = "id";

    /** Sixteen threads that insert need a bucket each; for the rest one is fastest. */
    private static final int DURABLE_BUCKETS = 16;

    private static final int ATTEMPTS = 1_000;

    private final Database database;

    ArcadePeer(PeerSettings settings) {
        GlobalConfiguration.MAX_PAGE_RAM.setValue((long) settings.cacheMegabytes());
        DatabaseFactory factory = new DatabaseFactory(settings.directory() + "/people");
        database = factory.exists() ? factory.open() : factory.create();
        database.setWALFlush(
                settings.isDurable() ? WALFile.FLUSH_TYPE.YES_FULL : WALFile.FLUSH_TYPE.NO);
        if (!database.getSchema().existsType(PEOPLE)) {
            DocumentType type =
                    database.getSchema()
                            .buildDocumentType()
                            .withName(PEOPLE)
                            .withTotalBuckets(settings.isDurable() ? DURABLE_BUCKETS : 1)
                            .create();
            type.createProperty(ID, Type.INTEGER);
            type.setBucketSelectionStrategy(new ThreadBucketSelectionStrategy());
            type.createTypeIndex(Schema.INDEX_TYPE.LSM_TREE, true, ID);
        }
    }

    @Override
    public void load(List<Person> batch) {
        database.begin();
        for (Person person : batch) {
            fill(database.newDocument(PEOPLE), person).save();
        }
        database.commit();
    }

    private static MutableDocument fill(MutableDocument document, Person person) {
        document.set(ID, person.id());
        document.set("name", map("first", person.first(), "last", person.last()));
        document.set("email", person.email());
        document.set("city", person.city());
        Map<String, Object> address = map("street", person.street(), "zip", person.zip());
        address.put("country", person.country());
        document.set("address", address);
        document.set("score", person.score());
        document.set("visits", person.visits());
        document.set("balance", person.balance());
        document.set("created", person.created());
        document.set("active", person.isActive());
        document.set("tags", person.tags());
        List<Double> place = List.of(person.longitude(), person.latitude());
        document.set("location", map("type", "Point", "coordinates", place));
        document.set("text", person.text());
        return document;
    }

    private static Map<String, Object> map(
            String first, Object firstValue, String second, Object secondValue) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(first, firstValue);
        map.put(second, secondValue);
        return map;
    }

    @Override
    public void flush() {
        database.async().waitCompletion();
    }

    @Override
    public void insert(Person person) {
        database.transaction(
                () -> fill(database.newDocument(PEOPLE), person).save(), false, ATTEMPTS);
    }

    private Document find(int id) {
        IndexCursor found = database.lookupByKey(PEOPLE, ID, id);
        return found.hasNext() ? found.next().asDocument() : null;
    }

    @Override
    public long score(int id) {
        Document found = find(id);
        return found == null ? ABSENT : found.getInteger("score");
    }

    @Override
    public long scores(int fromId, int count) {
        RangeIndex index = database.getSchema().getType(PEOPLE).getPolymorphicIndexByProperties(ID);
        IndexCursor found = index.iterator(true, new Object[] {fromId}, true);
        long sum = 0;
        for (int read = 0; read < count && found.hasNext(); read++) {
            sum += found.next().asDocument().getInteger("score");
        }
        return sum;
    }

    @Override
    public void setVisits(int id, int visits) {
        database.transaction(() -> find(id).modify().set("visits", visits).save());
    }

    @Override
    public void replace(Person person) {
        database.transaction(() -> fill(find(person.id()).modify(), person).save());
    }

    @Override
    public String json(int id) throws JsonProcessingException {
        Map<String, Object> fields = find(id).toMap(false);
        Map<String, Object> renamed = new LinkedHashMap<>();
        renamed.put("_id", fields.remove(ID));
        renamed.putAll(fields);
        return new ObjectMapper().writeValueAsString(renamed);
    }

    @Override
    public Queries queries() {
        return new ArcadeQueries(database, PEOPLE);
    }

    @Override
    public void close() {
        database.close();
    }
}

package io.smilodon.bench.peer;

import io.smilodon.bench.corpus.Person;
import io.smilodon.database.DatabaseOptions;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.DocumentCursor;
import io.smilodon.database.FindRequest;
import io.smilodon.database.InsertManyResult;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Smilodon through its public facade. */
final class SmilodonPeer implements Peer {

    private static final Document BY_ID = Document.of("_id", Value.of(1));

    private final Smilodon smilodon;
    private final DocumentCollection people;

    SmilodonPeer(PeerSettings settings) {
        StorageOptions storage =
                StorageOptions.DEFAULTS
                        .withSyncMode(settings.isDurable() ? SyncMode.SYNC : SyncMode.NONE)
                        .withBlockCacheBytesMax((long) settings.cacheMegabytes() << 20);
        if (settings.keepsLog()) {
            storage = storage.withMemtableBytesMax(160L << 20);
        }
        smilodon =
                Smilodon.open(settings.directory(), DatabaseOptions.DEFAULTS.withStorage(storage));
        people = smilodon.database("bench").collection("people");
    }

    @Override
    public void load(List<Person> batch) {
        List<Document> documents = new ArrayList<>(batch.size());
        for (Person person : batch) {
            documents.add(document(person));
        }
        InsertManyResult result = people.insertMany(documents, true);
        if (!result.writeErrors().isEmpty()) {
            throw new IllegalStateException(result.writeErrors().toString());
        }
    }

    static Document document(Person person) {
        return Document.builder()
                .put("_id", person.id())
                .put(
                        "name",
                        Document.builder()
                                .put("first", person.first())
                                .put("last", person.last())
                                .build())
                .put("email", person.email())
                .put("city", person.city())
                .put(
                        "address",
                        Document.builder()
                                .put("street", person.street())
                                .put("zip", person.zip())
                                .put("country", person.country())
                                .build())
                .put("score", person.score())
                .put("visits", person.visits())
                .put("balance", person.balance())
                .put("created", new DateValue(person.created()))
                .put("active", person.isActive())
                .put("tags", tags(person.tags()))
                .put(
                        "location",
                        Document.builder()
                                .put("type", "Point")
                                .put(
                                        "coordinates",
                                        ArrayValue.of(
                                                List.of(
                                                        Value.of(person.longitude()),
                                                        Value.of(person.latitude()))))
                                .build())
                .put("text", person.text())
                .build();
    }

    private static ArrayValue tags(List<String> tags) {
        List<Value> values = new ArrayList<>(tags.size());
        for (String tag : tags) {
            values.add(new StringValue(tag));
        }
        return ArrayValue.of(values);
    }

    @Override
    public void flush() {
        smilodon.checkpoint();
    }

    @Override
    public void insert(Person person) {
        people.insertOne(document(person));
    }

    @Override
    public long score(int id) {
        return people.findById(Value.of(id)).map(found -> scoreOf(found.document())).orElse(ABSENT);
    }

    private static long scoreOf(Document document) {
        return ((Int32Value) document.get("score")).value();
    }

    @Override
    public long scores(int fromId, int count) {
        FindRequest request =
                FindRequest.of(Document.of("_id", Document.of("$gte", Value.of(fromId))))
                        .withSort(BY_ID)
                        .withLimit(count);
        long sum = 0;
        try (DocumentCursor cursor = people.find(request)) {
            while (cursor.hasNext()) {
                sum += scoreOf(cursor.next());
            }
        }
        return sum;
    }

    @Override
    public void setVisits(int id, int visits) {
        people.updateOne(
                Document.of("_id", Value.of(id)),
                Document.of("$set", Document.of("visits", Value.of(visits))));
    }

    @Override
    public void replace(Person person) {
        people.replaceOne(Document.of("_id", Value.of(person.id())), document(person));
    }

    @Override
    public String json(int id) {
        Document found = people.findById(Value.of(id)).orElseThrow().document();
        if (found.get("created") instanceof DateValue date) {
            found = found.with("created", Value.of(date.epochMillis()));
        }
        return ExtendedJson.write(found, JsonMode.PLAIN);
    }

    @Override
    public Queries queries() {
        return new SmilodonQueries(people);
    }

    @Override
    public void close() {
        smilodon.close();
    }
}

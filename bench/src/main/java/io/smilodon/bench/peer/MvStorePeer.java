package io.smilodon.bench.peer;

import io.smilodon.bench.corpus.Person;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** H2's MVStore, written by hand: ids to Jackson's Smile, in objects that it caches. */
final class MvStorePeer implements Peer {

    private final MVStore store;
    private final MVMap<Integer, byte[]> people;
    private final boolean isDurable;

    MvStorePeer(PeerSettings settings) {
        isDurable = settings.isDurable();
        MVStore.Builder builder =
                new MVStore.Builder()
                        .fileName(settings.directory() + "/people.mv")
                        .cacheSize(settings.cacheMegabytes());
        store = builder.open();
        people = store.openMap("people");
    }

    @Override
    public void load(List<Person> batch) throws IOException {
        for (Person person : batch) {
            people.put(person.id(), PersonJson.smile(person));
        }
        store.commit();
    }

    @Override
    public void flush() {
        store.commit();
        store.sync();
    }

    @Override
    public void insert(Person person) throws IOException {
        people.put(person.id(), PersonJson.smile(person));
        if (isDurable) {
            flush();
        }
    }

    @Override
    public long score(int id) throws IOException {
        byte[] found = people.get(id);
        return found == null ? ABSENT : PersonJson.scoreOfSmile(found);
    }

    @Override
    public long scores(int fromId, int count) throws IOException {
        Cursor<Integer, byte[]> found = people.cursor(fromId);
        Iterator<Integer> ids = found;
        long sum = 0;
        for (int read = 0; read < count && ids.hasNext(); read++) {
            ids.next();
            sum += PersonJson.scoreOfSmile(found.getValue());
        }
        return sum;
    }

    @Override
    public void setVisits(int id, int visits) throws IOException {
        people.put(id, PersonJson.withVisits(people.get(id), visits));
    }

    @Override
    public void replace(Person person) throws IOException {
        insert(person);
    }

    @Override
    public String json(int id) throws IOException {
        return PersonJson.textOfSmile(people.get(id));
    }

    @Override
    public void close() {
        store.close();
    }
}

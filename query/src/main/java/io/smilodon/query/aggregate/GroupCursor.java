package io.smilodon.query.aggregate;

import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.codec.StoredValue;
import io.smilodon.engine.file.ScratchFile;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.accumulator.Accumulation;
import io.smilodon.query.accumulator.Accumulator;
import io.smilodon.query.exec.BlockingCursor;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.Liveness;
import io.smilodon.query.exec.MemoryAccount;
import io.smilodon.query.exec.MemoryHolder;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.value.Growth;
import io.smilodon.query.value.MemorySize;
import io.smilodon.query.value.ValueKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads its whole input into groups, then hands them on. Once the groups fill half of the
 * operation's memory, or too little is left, documents of further ones are put aside, by the hash
 * of their group, and grouped afterwards, one part after the other (hybrid hashing: Shapiro, "Join
 * processing in database systems with large main memories", 1986). The other half is for groups
 * that grow.
 */
final class GroupCursor extends BlockingCursor implements MemoryHolder {

    private static final long GROUP_BYTES = 100;

    private final Cursor input;
    private final Group group;
    private final StageContext context;
    private final EvaluationContext evaluation;
    private final List<String> names;
    private final List<Accumulation> accumulations;
    private final boolean[] readsDocument;
    private final Optional<GroupFields> fields;
    private final Liveness liveness;
    private Iterator<Map.Entry<ValueKey, List<Accumulator>>> groups = Collections.emptyIterator();
    private final Deque<GroupParts.Part> waiting = new ArrayDeque<>();

    /** What was left of the groups when others needed their memory. */
    private Optional<ScratchFile> madeOnDisk = Optional.empty();

    private final MemoryAccount memory;
    private Document current = Document.EMPTY;

    GroupCursor(Cursor input, Group group, StageContext context) {
        this.input = input;
        this.group = group;
        this.context = context;
        this.evaluation = context.evaluation();
        this.memory = new MemoryAccount(group.name(), context.operation());
        this.names = List.copyOf(group.accumulations().keySet());
        this.accumulations = List.copyOf(group.accumulations().values());
        this.readsDocument = new boolean[accumulations.size()];
        for (int i = 0; i < readsDocument.length; i++) {
            readsDocument[i] = !GroupFields.readsNothing(accumulations.get(i).argument());
        }
        this.fields = GroupFields.of(group);
        this.liveness = new Liveness(context.operation());
        context.operation().addHolder(this);
    }

    @Override
    protected void read() {
        read(input, 0);
    }

    @Override
    protected boolean advanceRead() {
        if (madeOnDisk.isPresent() && madeOnDisk.get().left() > 0) {
            current = DocumentCodec.decode(madeOnDisk.get().next().orElseThrow());
            return true;
        }
        while (!groups.hasNext() && !waiting.isEmpty()) {
            release();
            try (GroupParts.Part part = waiting.remove();
                    Cursor documents = part.open()) {
                read(documents, part.depth());
            }
        }
        if (!groups.hasNext()) {
            return false;
        }
        Map.Entry<ValueKey, List<Accumulator>> next = groups.next();
        current = document(next.getKey().value(), next.getValue());
        groups.remove();
        memory.release(bytesOf(next));
        return true;
    }

    private static long bytesOf(Map.Entry<ValueKey, List<Accumulator>> entry) {
        long bytes = GROUP_BYTES + MemorySize.of(entry.getKey().value());
        for (Accumulator accumulator : entry.getValue()) {
            bytes += accumulator.memoryBytes();
        }
        return bytes;
    }

    /** While it reads, the groups can still grow: it keeps them. */
    @Override
    public void giveUpMemory() {
        if (!groups.hasNext() || memory.bytes() < BYTES_MIN) {
            return;
        }
        madeOnDisk.ifPresent(ScratchFile::close);
        ScratchFile made = context.operation().scratchFile();
        madeOnDisk = Optional.of(made);
        while (groups.hasNext()) {
            context.operation().checkAlive();
            Map.Entry<ValueKey, List<Accumulator>> next = groups.next();
            made.add(DocumentCodec.encode(document(next.getKey().value(), next.getValue())));
        }
        made.rewind();
        release();
    }

    private void read(Cursor documents, int depth) {
        Map<ValueKey, List<Accumulator>> read = new LinkedHashMap<>();
        GroupParts further = new GroupParts(depth, context.operation());
        try (GroupShortcuts shortcuts = new GroupShortcuts(context.operation())) {
            while (documents.advance()) {
                liveness.step();
                boolean hasKey =
                        fields.isPresent() && fields.get().read(documents.passing(), shortcuts);
                Optional<List<Accumulator>> known = hasKey ? shortcuts.find() : Optional.empty();
                if (known.isPresent()) {
                    addStored(documents, known.get());
                } else {
                    Optional<List<Accumulator>> found = take(documents.current(), read, further);
                    if (hasKey) {
                        found.ifPresent(shortcuts::add);
                    }
                }
            }
            waiting.addAll(further.take());
            groups = read.entrySet().iterator();
        } finally {
            further.close();
        }
    }

    /** Adds a document to its group, which is returned unless the document has to wait. */
    private Optional<List<Accumulator>> take(
            Document document, Map<ValueKey, List<Accumulator>> read, GroupParts further) {
        EvaluationContext seen = evaluation.on(document);
        Value id = present(group.id().evaluate(seen));
        ValueKey key = ValueKey.of(id, evaluation.order());
        if (!read.containsKey(key) && mustWait(further)) {
            further.add(key, document);
            return Optional.empty();
        }
        List<Accumulator> accumulators = read.computeIfAbsent(key, this::begin);
        add(seen, accumulators);
        return Optional.of(accumulators);
    }

    /** Adds the document of which the fields have been read. */
    private void addStored(Cursor documents, List<Accumulator> accumulators) {
        Optional<EvaluationContext> whole = Optional.empty();
        for (int i = 0; i < accumulators.size(); i++) {
            Accumulator accumulator = accumulators.get(i);
            long before = accumulator.memoryBytes();
            Optional<StoredValue> stored = fields.orElseThrow().argument(i);
            if (stored.isPresent()) {
                accumulator.add(stored.get());
            } else {
                if (whole.isEmpty() && readsDocument[i]) {
                    whole = Optional.of(evaluation.on(documents.current()));
                }
                accumulator.add(accumulations.get(i).argument().evaluate(whole.orElse(evaluation)));
            }
            reserve(accumulator.memoryBytes() - before);
        }
    }

    private boolean mustWait(GroupParts further) {
        if (further.isUsed()) {
            return true;
        }
        boolean isPossible = further.isPossible() && context.operation().allowsDiskUse();
        return isPossible && isFull();
    }

    /** Whether it holds half of the memory, or all stages together nearly all of it. */
    private boolean isFull() {
        long most = context.operation().memoryBytesMax();
        return memory.bytes() > most / 2 || !context.operation().hasRoom(most / 8);
    }

    private List<Accumulator> begin(ValueKey key) {
        reserve(GROUP_BYTES + MemorySize.of(key.value()));
        Document fields = key.value() instanceof Document id ? id : Document.EMPTY;
        EvaluationContext seen = evaluation.on(fields);
        List<Accumulator> fresh = new ArrayList<>(accumulations.size());
        for (Accumulation accumulation : accumulations) {
            Accumulator accumulator = accumulation.begin(seen);
            reserve(accumulator.memoryBytes());
            fresh.add(accumulator);
        }
        return fresh;
    }

    private void add(EvaluationContext document, List<Accumulator> accumulators) {
        for (int i = 0; i < accumulators.size(); i++) {
            Accumulator accumulator = accumulators.get(i);
            long before = accumulator.memoryBytes();
            accumulator.add(accumulations.get(i).argument().evaluate(document));
            reserve(accumulator.memoryBytes() - before);
        }
    }

    /** Accounts for so much more, or gives back where it is less. */
    private void reserve(long more) {
        if (more > 0) {
            memory.reserve(more);
        } else if (more < 0) {
            memory.release(-more);
        }
    }

    private Document document(Value id, List<Accumulator> accumulators) {
        Growth growth = Growth.under(1);
        growth.add(id);
        DocumentBuilder builder = Document.builder().put("_id", id);
        for (int i = 0; i < names.size(); i++) {
            Value result = present(accumulators.get(i).result());
            growth.add(result);
            builder.put(names.get(i), result);
        }
        return builder.build();
    }

    private static Value present(Value value) {
        return value == Missing.INSTANCE ? NullValue.INSTANCE : value;
    }

    @Override
    public Document current() {
        return current;
    }

    private void release() {
        memory.close();
        groups = Collections.emptyIterator();
    }

    @Override
    public void close() {
        context.operation().removeHolder(this);
        release();
        madeOnDisk.ifPresent(ScratchFile::close);
        waiting.forEach(GroupParts.Part::close);
        waiting.clear();
        input.close();
    }
}

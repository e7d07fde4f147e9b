package io.smilodon.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.bson.io.BasicOutputBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages of every kind with some bytes changed: answered or refused, never by a bug. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BrokenMessagesTest {

    private static final Served SERVED = new Served();
    private static final int ROUNDS = 2 * Integer.getInteger("smilodon.wire.rounds", 30);

    @AfterAll
    static void stop() {
        SERVED.close();
    }

    /** A whole message of each kind. */
    enum Kind {
        COMMAND {
            @Override
            byte[] message() {
                Document insert = insert().with("documents", Value.of("none"));
                return RawClient.message(1, Message.OP_MSG, RawClient.body(insert));
            }
        },
        SEQUENCE {
            @Override
            byte[] message() {
                return RawClient.message(1, Message.OP_MSG, sequence());
            }
        },
        CHECKSUM {
            @Override
            byte[] message() {
                return summed(sequence());
            }

            @Override
            byte[] mended(byte[] message) {
                byte[] body = Arrays.copyOfRange(message, Message.HEADER_BYTES, message.length);
                return summed(Arrays.copyOf(body, body.length - Integer.BYTES));
            }
        },
        QUERY {
            @Override
            byte[] message() {
                BasicOutputBuffer body = new BasicOutputBuffer();
                body.writeInt32(4);
                body.writeCString("admin.$cmd");
                body.writeInt32(0);
                body.writeInt32(-1);
                BsonOutput.append(Document.of("hello", Value.of(1)), body);
                return RawClient.message(1, Message.OP_QUERY, body.toByteArray());
            }
        },
        SNAPPY {
            @Override
            byte[] message() {
                return compressed(Compressor.SNAPPY);
            }
        },
        ZLIB {
            @Override
            byte[] message() {
                return compressed(Compressor.ZLIB);
            }
        },
        ZSTD {
            @Override
            byte[] message() {
                return compressed(Compressor.ZSTD);
            }
        };

        abstract byte[] message();

        /** The message with what must fit its bytes, so that they are looked at. */
        byte[] mended(byte[] message) {
            return message;
        }

        private static Document insert() {
            return Document.builder().put("insert", "broken").put("$db", "test").build();
        }

        private static byte[] sequence() {
            BasicOutputBuffer body = new BasicOutputBuffer();
            body.writeInt32(0);
            body.writeByte(0);
            BsonOutput.append(insert(), body);
            BasicOutputBuffer section = new BasicOutputBuffer();
            section.writeCString("documents");
            BsonOutput.append(Document.of("a", Document.of("b", Value.of("text"))), section);
            BsonOutput.append(Document.of("a", Value.of(2.5)), section);
            body.writeByte(1);
            body.writeInt32(section.getSize() + Integer.BYTES);
            body.writeBytes(section.toByteArray());
            return body.toByteArray();
        }

        private static byte[] summed(byte[] body) {
            byte[] summed = Arrays.copyOf(body, body.length + Integer.BYTES);
            summed[0] |= 1;
            Message message = new Message(1, 0, Message.OP_MSG, Message.littleEndian(summed));
            Message.littleEndian(summed).putInt(body.length, message.checksum());
            return RawClient.message(1, Message.OP_MSG, summed);
        }

        private static byte[] compressed(Compressor compressor) {
            byte[] body = Compression.pack(Message.OP_MSG, sequence(), compressor);
            return RawClient.message(1, Message.OP_COMPRESSED, body);
        }
    }

    /** Counts what the server tells of its own bugs. */
    private static final class Bugs extends Handler implements AutoCloseable {

        private final Logger logger = Logger.getLogger(WireConnection.class.getName());
        private final AtomicInteger count = new AtomicInteger();

        Bugs() {
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord told) {
            if (told.getLevel() == Level.SEVERE) {
                count.incrementAndGet();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whole_messages_are_answered(Kind kind) throws Exception {
        try (RawClient client = new RawClient(SERVED.server().port())) {
            client.send(kind.message());
            int opCode = client.message().opCode();
            assertEquals(kind == Kind.QUERY, opCode == Message.OP_REPLY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void changed_messages_are_survived(Kind kind) throws Exception {
        long seed = Seeds.next();
        Random random = new Random(seed);
        byte[] good = kind.message();
        try (Bugs bugs = new Bugs()) {
            for (int round = 0; round < ROUNDS; round++) {
                byte[] bad = good.clone();
                for (int change = random.nextInt(3); change >= 0; change--) {
                    int at = 4 + random.nextInt(bad.length - 4);
                    bad[at] = (byte) (random.nextBoolean() ? random.nextInt() : bad[at] ^ 1);
                }
                byte[] sent = random.nextBoolean() ? kind.mended(bad) : bad;
                assertEnds(sent);
                assertEquals(0, bugs.count.get(), () -> "seed " + seed);
            }
        }
    }

    /** Whatever is answered, the connection ends after it. */
    private static void assertEnds(byte[] message) throws IOException {
        try (RawClient client = new RawClient(SERVED.server().port())) {
            client.send(message);
            client.endOutput();
            int answers = 0;
            while (hasAnswer(client)) {
                answers++;
            }
            assertTrue(answers <= 1);
        }
    }

    private static boolean hasAnswer(RawClient client) throws IOException {
        try {
            return client.hasMessage();
        } catch (SocketException reset) {
            return false;
        } catch (MalformedMessageException impossible) {
            throw new AssertionError(impossible);
        }
    }
}

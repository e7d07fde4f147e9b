package io.smilodon.bench.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smilodon.bench.work.Answers;
import io.smilodon.bench.work.Measured;
import io.smilodon.bench.work.Session;
import io.smilodon.bench.work.SessionSettings;
import io.smilodon.bench.work.WorkloadTable;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * The process of one peer. Reads orders from standard input, one a line, and answers each with one
 * line of JSON: {@code answers}, {@code check WORKLOAD}, {@code run WORKLOAD MILLIS}, {@code fill},
 * {@code reload}, {@code close}.
 */
public final class Worker {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Worker() {}

    /** Arguments: peer, directory, directory of durable inserts, documents, megabytes of cache. */
    public static void main(String[] arguments) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err); // peers may print; answers stay apart
        SessionSettings settings =
                new SessionSettings(
                        arguments[0],
                        Path.of(arguments[1]),
                        Path.of(arguments[2]),
                        Integer.parseInt(arguments[3]),
                        Integer.parseInt(arguments[4]));
        BufferedReader orders =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Session session = new Session(settings)) {
            String order = orders.readLine();
            while (order != null) {
                answers.println(MAPPER.writeValueAsString(answer(session, order.split(" "))));
                answers.flush();
                order = orders.readLine();
            }
        }
    }

    private static Object answer(Session session, String[] order) {
        try {
            return switch (order[0]) {
                case "answers" -> {
                    Answers.check(session, session.loaded());
                    yield Map.of();
                }
                case "check" -> {
                    WorkloadTable.workload(order[1]).check(session);
                    yield Map.of();
                }
                case "run" -> {
                    Measured measured =
                            WorkloadTable.workload(order[1]).run(session, Long.parseLong(order[2]));
                    yield measured;
                }
                case "fill" -> {
                    session.fill();
                    yield Map.of();
                }
                case "reload" -> {
                    session.reload();
                    yield Map.of();
                }
                case "close" -> {
                    session.close();
                    yield Map.of();
                }
                default -> throw new IllegalArgumentException("no order " + order[0]);
            };
        } catch (Exception | AssertionError | LinkageError failure) {
            return Map.of("failure", failure.toString());
        }
    }
}

package io.smilodon.rest.restheart;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import java.util.List;

/** How RESTHeart's clients are told of an error. Pure functions. */
public final class Failure {

    private static final List<String> OURS =
            List.of("code", "codeName", "pointer", "hint", "errorLabels", "details");

    private Failure() {}

    /**
     * The answer for a problem as our other routes tell it.
     *
     * @param reason what HTTP calls the status
     */
    public static Document of(int status, String reason, Document problem) {
        DocumentBuilder answer =
                Document.builder()
                        .put("http status code", status)
                        .put("http status description", reason)
                        .put("message", problem.get("title"));
        for (String name : OURS) {
            if (problem.has(name)) {
                answer.put(name, problem.get(name));
            }
        }
        return answer.build();
    }
}

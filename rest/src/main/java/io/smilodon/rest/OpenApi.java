package io.smilodon.rest;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The OpenAPI 3.1 document of the table of routes. Source: spec.openapis.org/oas/v3.1.0. */
final class OpenApi {

    private static final Pattern PATH_PARAMETER = Pattern.compile("\\{([a-zA-Z]+)}");

    private OpenApi() {}

    static Document document(List<RouteGroup> groups, String version) {
        Map<String, DocumentBuilder> paths = new LinkedHashMap<>();
        for (RouteGroup group : groups) {
            for (Route route : group.routes()) {
                paths.computeIfAbsent(route.openApiPath(), path -> Document.builder())
                        .put(
                                route.method().toLowerCase(Locale.ROOT),
                                operation(route).put("tags", tag(group)).build());
            }
        }
        DocumentBuilder pathItems = Document.builder();
        paths.forEach((path, operations) -> pathItems.put(path, operations.build()));
        return Document.builder()
                .put("openapi", "3.1.0")
                .put(
                        "info",
                        Document.builder()
                                .put("title", "Smilodon")
                                .put("version", version)
                                .put(
                                        "description",
                                        "A document database. Filters, updates and pipelines are"
                                                + " MongoDB's; values are Extended JSON v2.")
                                .build())
                .put("security", ArrayValue.of(requirement("password"), requirement("token")))
                .put("paths", pathItems.build())
                .put("components", components())
                .build();
    }

    private static Document requirement(String scheme) {
        return Document.of(scheme, ArrayValue.EMPTY);
    }

    /** Where the server asks for logins: a password with each request, or a token. */
    private static Document securitySchemes() {
        return Document.builder()
                .put("password", scheme("basic", "The password of a user of admin"))
                .put("token", scheme("bearer", "As /api/v1/auth/login gives it, or a signed JWT"))
                .build();
    }

    private static Document scheme(String name, String description) {
        return Document.builder()
                .put("type", "http")
                .put("scheme", name)
                .put("description", description)
                .build();
    }

    private static ArrayValue tag(RouteGroup group) {
        return ArrayValue.of(Value.of(group.name()));
    }

    private static DocumentBuilder operation(Route route) {
        DocumentBuilder operation =
                Document.builder()
                        .put("summary", route.summary())
                        .put("operationId", operationId(route))
                        .put("parameters", parameters(route))
                        .put("x-permission", route.permission().name().toLowerCase(Locale.ROOT));
        if (route.demand() == Demand.NOTHING) {
            operation.put("security", ArrayValue.EMPTY); // without those of the whole document
        }
        route.writesIf().ifPresent(which -> operation.put("x-permission-write-if", which));
        route.body().ifPresent(body -> operation.put("requestBody", requestBody(body)));
        DocumentBuilder answers = Document.builder();
        new TreeMap<>(route.answers())
                .forEach(
                        (status, meaning) ->
                                answers.put(
                                        Integer.toString(status),
                                        Document.of("description", Value.of(meaning))));
        boolean isOurs = !RestheartExchange.isBelowMount(route.path());
        String failure = "#/components/responses/" + (isOurs ? "Problem" : "Failure");
        answers.put("default", Document.of("$ref", Value.of(failure)));
        return operation.put("responses", answers.build());
    }

    private static String operationId(Route route) {
        String words = route.path().replace("/api/v1", "").replaceAll("[^a-zA-Z]+", "_");
        return route.method().toLowerCase(Locale.ROOT) + words;
    }

    private static ArrayValue parameters(Route route) {
        List<Document> parameters = new ArrayList<>();
        Matcher inPath = PATH_PARAMETER.matcher(route.openApiPath());
        while (inPath.find()) {
            parameters.add(parameter(inPath.group(1), "path", "").put("required", true).build());
        }
        route.parameters()
                .forEach(
                        declared ->
                                parameters.add(
                                        parameter(declared.name(), "query", declared.meaning())
                                                .build()));
        if (route.takesTransaction()) {
            String meaning = "the id of the transaction that the request belongs to";
            parameters.add(parameter(Route.TRANSACTION_HEADER, "header", meaning).build());
        }
        return ArrayValue.of(parameters);
    }

    private static DocumentBuilder parameter(String name, String in, String meaning) {
        DocumentBuilder parameter =
                Document.builder()
                        .put("name", name)
                        .put("in", in)
                        .put("schema", Document.of("type", Value.of("string")));
        return meaning.isEmpty() ? parameter : parameter.put("description", meaning);
    }

    private static Document requestBody(Route.Body body) {
        DocumentBuilder content = Document.builder();
        for (String type : body.mediaTypes()) {
            content.put(type, Document.of("schema", Document.EMPTY));
        }
        return Document.builder()
                .put("description", body.meaning())
                .put("content", content.build())
                .build();
    }

    private static Document components() {
        Document problem =
                failure(
                        "What went wrong (RFC 9457)",
                        "application/problem+json",
                        List.of("type", "title", "codeName", "pointer", "hint"),
                        List.of("status", "code"));
        Document failure =
                failure(
                        "What went wrong, as RESTHeart tells it",
                        "application/json",
                        List.of("http status description", "message", "codeName", "hint"),
                        List.of("http status code", "code"));
        return Document.builder()
                .put("responses", Document.of("Problem", problem).with("Failure", failure))
                .put("securitySchemes", securitySchemes())
                .build();
    }

    private static Document failure(
            String meaning, String mediaType, List<String> texts, List<String> numbers) {
        DocumentBuilder properties = Document.builder();
        texts.forEach(name -> properties.put(name, Document.of("type", Value.of("string"))));
        numbers.forEach(name -> properties.put(name, Document.of("type", Value.of("integer"))));
        Document schema =
                Document.builder()
                        .put("type", "object")
                        .put("properties", properties.build())
                        .build();
        return Document.builder()
                .put("description", meaning)
                .put("content", Document.of(mediaType, Document.of("schema", schema)))
                .build();
    }
}

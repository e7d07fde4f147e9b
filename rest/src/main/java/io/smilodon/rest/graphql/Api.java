package io.smilodon.rest.graphql;

import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.GraphQLException;
import graphql.analysis.MaxQueryComplexityInstrumentation;
import graphql.analysis.MaxQueryDepthInstrumentation;
import graphql.execution.AsyncExecutionStrategy;
import graphql.execution.AsyncSerialExecutionStrategy;
import graphql.execution.instrumentation.ChainedInstrumentation;
import graphql.language.FieldDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.OperationTypeDefinition;
import graphql.language.ScalarTypeDefinition;
import graphql.language.SchemaDefinition;
import graphql.language.SourceLocation;
import graphql.language.UnionTypeDefinition;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.errors.SchemaProblem;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A definition that has been checked, with what answers requests by it. Immutable and thread-safe.
 *
 * @param schema in the language of schemas
 * @param graphQl answers requests
 */
record Api(String schema, GraphQL graphQl) {

    static final int DEPTH_MAX = 20;

    /** Fields of a request, those of fragments once for each place where they are used. */
    static final int FIELDS_MAX = 500;

    private static final Location SCHEMA = Location.ROOT.child("schema");

    /**
     * Checks a definition.
     *
     * @throws SmilodonException with the place of what is wrong with it
     */
    static Api of(Definition definition, Failures failures) {
        TypeDefinitionRegistry types = types(definition.schema());
        checkKinds(types, definition);
        Mappings mappings =
                new MappingReader(types, definition.isDerived())
                        .read(definition.mappings(), Location.ROOT.child("mappings"));
        GraphQLSchema schema = schema(types, mappings);
        GraphQL graphQl =
                GraphQL.newGraphQL(schema)
                        .queryExecutionStrategy(new AsyncExecutionStrategy(failures))
                        .mutationExecutionStrategy(new AsyncSerialExecutionStrategy(failures))
                        .instrumentation(
                                new ChainedInstrumentation(
                                        List.of(
                                                new ErrorCount(),
                                                new ExpansionLimit(),
                                                new MaxQueryDepthInstrumentation(DEPTH_MAX),
                                                new MaxQueryComplexityInstrumentation(FIELDS_MAX))))
                        .build();
        return new Api(definition.schema(), graphQl);
    }

    private static TypeDefinitionRegistry types(String text) {
        try {
            TypeDefinitionRegistry types = new SchemaParser().parse(text);
            for (GraphQLScalarType scalar : ScalarTypes.ALL) {
                if (types.getTypeOrNull(scalar.getName()) == null) {
                    types.add(
                            ScalarTypeDefinition.newScalarTypeDefinition()
                                    .name(scalar.getName())
                                    .build());
                }
            }
            return types;
        } catch (SchemaProblem problem) {
            throw wrong(problem);
        }
    }

    private static void checkKinds(TypeDefinitionRegistry types, Definition definition) {
        if (types.getTypeOrNull("Query", ObjectTypeDefinition.class) == null) {
            throw wrong("A schema has a type Query", Map.of());
        }
        if (!types.getTypes(InterfaceTypeDefinition.class).isEmpty()
                || !types.getTypes(UnionTypeDefinition.class).isEmpty()) {
            throw wrong("Interfaces and unions are not supported", Map.of());
        }
        boolean isQueries =
                types.getSchemaExtensionDefinitions().isEmpty()
                        && types
                                .schemaDefinition()
                                .map(SchemaDefinition::getOperationTypeDefinitions)
                                .orElse(List.of())
                                .stream()
                                .allMatch(Api::isQueries);
        if (!isQueries) {
            throw wrong("A definition answers queries, and these are the type Query", Map.of());
        }
        boolean writes = types.getTypeOrNull("Mutation") != null && !definition.isDerived();
        if (writes || types.getTypeOrNull("Subscription") != null) {
            throw wrong("Definitions have no mutations and no subscriptions", Map.of());
        }
        for (String scalar : types.scalars().keySet()) {
            boolean isOwn = ScalarTypes.ALL.stream().anyMatch(own -> own.getName().equals(scalar));
            if (!isOwn && !List.of("Int", "Float", "String", "Boolean", "ID").contains(scalar)) {
                throw wrong("There is no such scalar type", Map.of("type", scalar));
            }
        }
    }

    private static boolean isQueries(OperationTypeDefinition operation) {
        return operation.getName().equals("query")
                && operation.getTypeName().getName().equals("Query");
    }

    private static GraphQLSchema schema(TypeDefinitionRegistry types, Mappings mappings) {
        Fetchers fetchers = new Fetchers(mappings);
        GraphQLCodeRegistry.Builder code = GraphQLCodeRegistry.newCodeRegistry();
        for (ObjectTypeDefinition type : types.getTypes(ObjectTypeDefinition.class)) {
            for (FieldDefinition field : type.getFieldDefinitions()) {
                Mapping mapping = mappings.of(type.getName(), field.getName());
                code.dataFetcher(
                        FieldCoordinates.coordinates(type.getName(), field.getName()),
                        fetchers.of(mapping));
            }
        }
        RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring().codeRegistry(code);
        ScalarTypes.ALL.forEach(wiring::scalar);
        try {
            return new SchemaGenerator().makeExecutableSchema(types, wiring.build());
        } catch (SchemaProblem problem) {
            throw wrong(problem);
        } catch (GraphQLException problem) {
            throw wrong(String.valueOf(problem.getMessage()), Map.of());
        }
    }

    private static SmilodonException wrong(SchemaProblem problem) {
        GraphQLError first = problem.getErrors().get(0);
        Map<String, Object> details = new HashMap<>();
        details.put("reason", first.getMessage());
        List<SourceLocation> places =
                first.getLocations() == null ? List.of() : first.getLocations();
        if (!places.isEmpty() && places.get(0) != null) { // null for what it has no place of
            details.put("line", places.get(0).getLine());
            details.put("column", places.get(0).getColumn());
        }
        return wrong("The schema is wrong", details);
    }

    private static SmilodonException wrong(String message, Map<String, Object> details) {
        return new SmilodonException(ErrorCode.BAD_VALUE, message, details).at(SCHEMA);
    }
}

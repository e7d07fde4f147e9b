package io.smilodon.rest;

import java.util.List;

/**
 * Routes that belong together in the description of the interface.
 *
 * @param name the group's title
 * @param routes its routes, in the order in which they are described
 */
record RouteGroup(String name, List<Route> routes) {

    RouteGroup {
        routes = List.copyOf(routes);
    }
}

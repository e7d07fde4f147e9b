package io.smilodon.engine.isolation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which transaction must come before which other, and why. Not thread-safe. */
final class DependencyGraph {

    /** Why one transaction comes before another. */
    enum Edge {
        /** The second overwrote what the first wrote. */
        WRITE_WRITE,
        /** The second read what the first wrote. */
        WRITE_READ,
        /** The second overwrote what the first read. */
        READ_WRITE,
        /** The same session ran the first before, or it had ended when the second began. */
        TIME
    }

    private final List<Map<Integer, EnumSet<Edge>>> edges = new ArrayList<>();

    /** Adds a node; nodes are numbered from 0. */
    int add() {
        edges.add(new LinkedHashMap<>());
        return edges.size() - 1;
    }

    void connect(int from, int to, Edge edge) {
        if (from != to) {
            edges.get(from).computeIfAbsent(to, node -> EnumSet.noneOf(Edge.class)).add(edge);
        }
    }

    private boolean has(int from, int to, Set<Edge> kinds) {
        EnumSet<Edge> there = edges.get(from).get(to);
        return there != null && there.stream().anyMatch(kinds::contains);
    }

    /** The graph of these edges only. */
    DependencyGraph only(Set<Edge> kinds) {
        DependencyGraph part = new DependencyGraph();
        for (int node = 0; node < edges.size(); node++) {
            part.add();
        }
        for (int from = 0; from < edges.size(); from++) {
            int start = from;
            edges.get(from)
                    .forEach(
                            (to, there) ->
                                    there.stream()
                                            .filter(kinds::contains)
                                            .forEach(edge -> part.connect(start, to, edge)));
        }
        return part;
    }

    /**
     * The graph whose steps are an edge of these kinds, or one followed by a {@link
     * Edge#READ_WRITE}: it has a cycle exactly if this graph has one in which no two of those are
     * next to each other.
     */
    DependencyGraph composed(Set<Edge> kinds) {
        DependencyGraph base = only(kinds);
        DependencyGraph composed = only(kinds);
        Set<Edge> anti = EnumSet.of(Edge.READ_WRITE);
        for (int from = 0; from < edges.size(); from++) {
            for (int middle : base.edges.get(from).keySet()) {
                for (int to : edges.get(middle).keySet()) {
                    if (has(middle, to, anti)) {
                        composed.edges
                                .get(from)
                                .computeIfAbsent(to, node -> EnumSet.noneOf(Edge.class))
                                .add(Edge.READ_WRITE);
                    }
                }
            }
        }
        return composed;
    }

    /** A short cycle, if there is any. */
    Optional<List<Integer>> cycle() {
        int[] component = components();
        for (int node = 0; node < edges.size(); node++) {
            if (edges.get(node).containsKey(node)) {
                return Optional.of(List.of(node, node));
            }
            Optional<List<Integer>> found = pathBack(node, component);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The shortest way from a node back to itself within its component. */
    private Optional<List<Integer>> pathBack(int start, int[] component) {
        boolean hasInner =
                edges.get(start).keySet().stream()
                        .anyMatch(next -> component[next] == component[start]);
        if (!hasInner) {
            return Optional.empty();
        }
        int[] cameFrom = new int[edges.size()];
        Arrays.fill(cameFrom, -1);
        Deque<Integer> queue = new ArrayDeque<>(List.of(start));
        while (!queue.isEmpty()) {
            int node = queue.poll();
            for (int next : edges.get(node).keySet()) {
                if (next == start) {
                    return Optional.of(way(start, node, cameFrom));
                }
                if (component[next] == component[start] && cameFrom[next] < 0) {
                    cameFrom[next] = node;
                    queue.add(next);
                }
            }
        }
        return Optional.empty();
    }

    private static List<Integer> way(int start, int last, int[] cameFrom) {
        List<Integer> way = new ArrayList<>(List.of(start));
        for (int node = last; node != start; node = cameFrom[node]) {
            way.add(1, node);
        }
        way.add(start);
        return way;
    }

    /**
     * Strongly connected components (Tarjan, "Depth-first search and linear graph algorithms",
     * 1972), without recursion: a number for each node.
     */
    private int[] components() {
        Tarjan tarjan = new Tarjan();
        for (int node = 0; node < edges.size(); node++) {
            tarjan.visit(node);
        }
        return tarjan.component;
    }

    /** The kinds of edges between neighbours of a way. */
    List<EnumSet<Edge>> kinds(List<Integer> way) {
        List<EnumSet<Edge>> kinds = new ArrayList<>();
        for (int index = 1; index < way.size(); index++) {
            kinds.add(edges.get(way.get(index - 1)).get(way.get(index)));
        }
        return kinds;
    }

    private final class Tarjan {

        private final int[] index = new int[edges.size()];
        private final int[] low = new int[edges.size()];
        private final int[] component = new int[edges.size()];
        private final List<List<Integer>> targets = new ArrayList<>();
        private final int[] done = new int[edges.size()];
        private final Deque<Integer> path = new ArrayDeque<>();
        private final Deque<Integer> stack = new ArrayDeque<>();
        private final Set<Integer> onStack = new HashSet<>();
        private int next = 1;

        Tarjan() {
            edges.forEach(map -> targets.add(List.copyOf(map.keySet())));
        }

        void visit(int root) {
            if (index[root] > 0) {
                return;
            }
            enter(root);
            while (!path.isEmpty()) {
                int node = path.peek();
                if (done[node] < targets.get(node).size()) {
                    follow(node, targets.get(node).get(done[node]++));
                } else {
                    leave(path.pop());
                }
            }
        }

        private void enter(int node) {
            index[node] = next;
            low[node] = next++;
            path.push(node);
            stack.push(node);
            onStack.add(node);
        }

        private void follow(int node, int target) {
            if (index[target] == 0) {
                enter(target);
            } else if (onStack.contains(target)) {
                low[node] = Math.min(low[node], index[target]);
            }
        }

        private void leave(int node) {
            if (!path.isEmpty()) {
                low[path.peek()] = Math.min(low[path.peek()], low[node]);
            }
            if (low[node] == index[node]) {
                int member;
                do {
                    member = stack.pop();
                    onStack.remove(member);
                    component[member] = node;
                } while (member != node);
            }
        }
    }
}
